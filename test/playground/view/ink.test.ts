/** @file What a hand draws reaches the networks in the middle of the picture, in the size that they learned. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inked } from '../../../src/playground/view/ink.ts';

/** Rows and columns with ink: [first row, last row, first column, last column]. */
function extent(picture: Uint8Array, side: number, channels: number): number[] {
  const inked = Array.from({ length: side * side }, (_, i) => i).filter((i) => picture[i * channels]! > 127);
  const [rows, columns] = [inked.map((i) => Math.floor(i / side)), inked.map((i) => i % side)];
  return [Math.min(...rows), Math.max(...rows), Math.min(...columns), Math.max(...columns)];
}

test('nothing drawn is no picture', () => {
  assert.equal(inked([], [28, 28, 1]).length, 0);
});

test('wherever and however large it is drawn, a stroke ends up in the middle, 18 pixels high', () => {
  const high = [
    [0.1, 0.1, 0.4, 0.9],
    [0.9, 0.2, 0.7, 0.6],
  ].map((stroke) => extent(inked([stroke], [28, 28, 1]), 28, 1));
  for (const [top, bottom, left, right] of high) {
    assert.ok(Math.abs(top! + bottom! - 27) <= 1 && Math.abs(left! + right! - 27) <= 1, `${high}`);
    assert.ok(bottom! - top! >= 18 && bottom! - top! <= 22, `from row ${top} to ${bottom}`);
  }
});

test('a dot stays a dot', () => {
  const [top, bottom] = extent(inked([[0.3, 0.7]], [28, 28, 1]), 28, 1);
  assert.ok(bottom! - top! <= 4, `from row ${top} to ${bottom}`);
});

test('a network that takes colours gets the same ink in each', () => {
  const picture = inked([[0.2, 0.2, 0.7, 0.8]], [32, 32, 3]);
  assert.equal(picture.length, 32 * 32 * 3);
  assert.ok(picture.some((value) => value > 200));
  for (let i = 0; i < picture.length; i += 3)
    assert.ok(picture[i] === picture[i + 1] && picture[i] === picture[i + 2]);
});
