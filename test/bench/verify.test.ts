/** @file The suite of verify runs from end to end on a few images. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifySuite, verifyTable } from '../../bench/verify/suite.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const MODEL = new URL('../datasets/pretrained/mnist-cnn-strelu-2.safetensors', SOURCE_FOLDER);

test('all ways say the same, and each has its row', async () => {
  const figures = await verifySuite({
    ...{ model: fileURLToPath(MODEL), images: 4, plainImages: 2, rounds: 1, log: () => {} },
  });
  const { milliseconds, range, imagesPerSecond, faster } = figures;
  for (const [way, [least, most]] of Object.entries(range)) {
    const middle = milliseconds[way as keyof typeof milliseconds];
    assert.ok(least <= middle && middle <= most, way);
  }
  for (const figure of [milliseconds, imagesPerSecond, faster].flatMap((one) => Object.values(one)))
    assert.ok(figure > 0);
  assert.match(
    verifyTable(figures),
    /4 images \(plain loop: 2\), T = 8.*\n\nplain loop +[\d.]+ ms \([\d.]+ to [\d.]+\) +[\d.]+ images\/s +1\.00x\nSIMD +[\d.]+ ms \(.*\) +[\d.]+ images\/s +[\d.]+x .*\nSIMD, two threads .*\ntwo threads, --engine auto/,
  );
});
