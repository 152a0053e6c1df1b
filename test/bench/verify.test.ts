/** @file The suite of verify runs from end to end on two images. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifySuite, verifyTable } from '../../bench/verify/suite.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const MODEL = new URL('../datasets/pretrained/mnist-cnn-strelu.safetensors', SOURCE_FOLDER);

test('both ways say the same, and have their row', async () => {
  const figures = await verifySuite({ model: fileURLToPath(MODEL), images: 2, rounds: 1, log: () => {} });
  assert.ok(figures.milliseconds.plain > 0 && figures.milliseconds.simd > 0 && figures.faster > 0);
  assert.match(verifyTable(figures), /2 images, T = 8.*\n\nplain loop +[\d.]+ ms\nSIMD +[\d.]+ ms +[\d.]+x/);
});
