import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import {
  IMAGE_BYTES,
  imagesOnRecord,
  imagesTogether,
  PORTION_BYTES,
  recordBytes,
  THREADS_BYTES,
  threadsInMemory,
} from '../../../src/lab/verify/record-memory.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

const ALL = { spikes: true, membrane: true, currents: true } as const;

test('the bytes are those of the arrays', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 9 }), (seed, steps) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      for (const record of [ALL, { counts: true }]) {
        const found = simulate(snn, randomImages(trained, 1, seed), { steps, record }).record;
        const held = found
          .flatMap((layer) => Object.values(layer))
          .filter((part) => typeof part === 'object');
        const bytes = held.reduce((sum, part) => sum + part.byteLength, 0);
        assert.equal(recordBytes(snn, steps, record), bytes);
      }
    }),
    { numRuns: 20 },
  );
});

test('whatever T: a portion stays within its memory, a single image within its own, or is refused with the T that fits', () => {
  const { snn } = convert(randomTrainedNetwork(1));
  for (let steps = 1; steps < 2 ** 34; steps *= 3) {
    const one = recordBytes(snn, steps, ALL);
    if (one > IMAGE_BYTES) {
      assert.throws(
        () => imagesOnRecord(snn, steps, ALL, 10),
        /UsageError: .* GiB, expected at most 2; check at most \d+ steps/,
      );
      continue;
    }
    const images = imagesOnRecord(snn, steps, ALL, 10);
    assert.ok(images >= 1 && images <= 10 && (images === 1 || images * one <= PORTION_BYTES));
  }
});

test('the larger a network, the fewer of its images are checked at once, and at least one', () => {
  const { snn } = convert(randomTrainedNetwork(1));
  const sized = (side: number) => ({
    ...snn,
    layers: snn.layers.map((layer) => ({ ...layer, shape: [side, side, 64] as const })),
  });
  assert.equal(imagesTogether(snn, 4), 4);
  const found = [8, 16, 32, 64, 128, 256, 512].map((side) => imagesTogether(sized(side), 4));
  assert.deepEqual(
    found,
    found.toSorted((a, b) => b - a),
  );
  assert.deepEqual([found[0], found.at(-1)], [4, 1]);
});

test('threads share the memory of a portion, and are as many as the network and one image of each leave room for', () => {
  const { snn } = convert(randomTrainedNetwork(1));
  const sized = (side: number) => ({
    ...snn,
    layers: snn.layers.map((layer) => ({ ...layer, shape: [side, side, 64] as const })),
  });
  const found = [8, 32, 64, 128, 256].map((side) => {
    const network = sized(side);
    const threads = threadsInMemory(network, 8, ALL);
    const one = recordBytes(network, 8, ALL);
    assert.ok(threads >= 1 && (threads === 1 || threads * one <= THREADS_BYTES));
    for (const number of [1, 2, 7]) {
      const images = imagesOnRecord(network, 8, ALL, 16, number);
      assert.ok(images >= 1 && (images === 1 || number * images * one <= PORTION_BYTES));
      assert.ok(imagesTogether(network, 4, number) <= imagesTogether(network, 4));
    }
    return threads;
  });
  assert.ok(found[0]! > 64 && found.at(-1) === 1, `${found}`);
});
