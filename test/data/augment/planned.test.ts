/** @file Augmentation that is planned over epochs, and translation with a reflected border. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAugment } from '../../../src/data/augment/create-augment.ts';
import { reflectedShift } from '../../../src/data/augment/geometry.ts';
import { createBatches } from '../../../src/data/batches.ts';
import { drawStrokes } from '../../../src/data/strokes.ts';
import type { MapShape } from '../../../src/nn/architecture.ts';

test('reflected translation: what comes in is the mirror image at the outermost pixel, which is not repeated', () => {
  const shapes = fc.tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom(1, 3),
  );
  const reach = fc.integer({ min: -4, max: 4 });
  fc.assert(
    fc.property(shapes, reach, reach, (shape: MapShape, down, right) => {
      const [height, width, channels] = shape;
      const image = Uint8Array.from({ length: height * width * channels }, (_, i) => (37 * i) % 251);
      /** Walks from 0 and turns at both ends. */
      const place = (at: number, length: number): number => {
        let [here, way] = [0, Math.sign(at)];
        for (let i = 0; i < Math.abs(at) && length > 1; i++) {
          if (here + way < 0 || here + way >= length) way = -way;
          here += way;
        }
        return here;
      };
      const moved = image.slice();
      reflectedShift(moved, shape, down, right);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let c = 0; c < channels; c++) {
            const from = (place(y + down, height) * width + place(x + right, width)) * channels + c;
            assert.equal(moved[(y * width + x) * channels + c], image[from]);
          }
    }),
  );
});

test('alternating flip: each image changes sides in every epoch, and about half begin mirrored', () => {
  const set = drawStrokes({ count: 60, seed: 1, split: 'train' });
  const augment = createAugment({ alternateFlip: true }, set)!;
  const batches = createBatches(set, { batchSize: 60, seed: 3, augment });
  const plain = createBatches(set, { batchSize: 60, seed: 3 });
  const pixels = new Float32Array(60 * 784);
  const labels = new Uint8Array(60);
  const sides: boolean[][] = [];
  for (let epoch = 0; epoch < 4; epoch++) {
    batches.fill(epoch, 0, pixels, labels);
    const found = pixels.slice();
    plain.fill(epoch, 0, pixels, labels);
    const own: boolean[] = [];
    batches.order(epoch).forEach((index, k) => {
      const image = pixels.subarray(k * 784, (k + 1) * 784);
      const mirrored = image.map((_, i) => image[i - (i % 28) + 27 - (i % 28)]!);
      const seen = found.subarray(k * 784, (k + 1) * 784);
      own[index] = mirrored.every((value, i) => value === seen[i]);
      if (!own[index]) assert.deepEqual(seen, image);
    });
    sides.push(own);
  }
  const begun = sides[0]!.filter(Boolean).length;
  assert.ok(begun > 15 && begun < 45, `${begun} of 60`);
  for (let epoch = 1; epoch < 4; epoch++)
    assert.deepEqual(
      sides[epoch],
      sides[epoch - 1]!.map((side) => !side),
    );
});
