/** @file The suite of verify runs from end to end on two images. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifySuite, verifyTable } from '../../bench/verify/suite.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const MODEL = new URL('../datasets/pretrained/mnist-cnn-strelu-2.safetensors', SOURCE_FOLDER);

test('all ways say the same, and each has its row', async () => {
  const figures = await verifySuite({ model: fileURLToPath(MODEL), images: 2, rounds: 1, log: () => {} });
  const { milliseconds, imagesPerSecond, faster, together } = figures;
  for (const figure of [...Object.values(milliseconds), ...Object.values(imagesPerSecond), faster, together])
    assert.ok(figure > 0);
  assert.match(
    verifyTable(figures),
    /2 images, T = 8.*\n\nplain loop +[\d.]+ ms +[\d.]+ images\/s\nSIMD +[\d.]+ ms +[\d.]+ images\/s +[\d.]+x.*\nSIMD, two threads +[\d.]+ ms/,
  );
});
