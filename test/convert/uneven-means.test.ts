/** @file Means that leave out their border, before a convolution: rectangles of one divisor each make the trained sum. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import type { Architecture } from '../../src/nn/architecture.ts';
import { avgPool, conv2d, flatten, linear, strelu } from '../../src/nn/layers.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { Random } from '../../src/random/random.ts';
import { convertedOrRefused } from '../support/converted-architecture.ts';
import { evaluate } from '../support/oracle/trained.ts';
import { randomWeights } from '../support/random-architecture.ts';

const side = fc.integer({ min: 2, max: 6 });
const size = fc.integer({ min: 1, max: 3 });
const border = fc.integer({ min: 0, max: 2 });

const meansBeforeConvolution = fc.record({
  seed: fc.nat(),
  map: fc.tuple(side, side),
  window: fc.tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 })),
  poolStride: fc.tuple(size, size),
  poolBorder: fc.tuple(border, border, border, border),
  kernel: fc.tuple(size, size),
  padding: fc.tuple(border, border, border, border),
});

test('a convolution behind a mean that leaves out its border is the trained one at every place', () => {
  let drawn = 0;
  fc.assert(
    fc.property(meansBeforeConvolution, ({ seed, map, window, poolStride, poolBorder, kernel, padding }) => {
      const random = Random.seeded(seed);
      let architecture: Architecture;
      try {
        architecture = sequential(
          conv2d(2, 1),
          strelu(),
          avgPool(window, { stride: poolStride, padding: poolBorder, countPadding: false }),
          conv2d(2, kernel, { padding }),
          strelu(),
          flatten(),
          linear(3),
        )([...map, 1], 'means');
      } catch (error) {
        if (error instanceof InputError) return; // nothing is left of the map, or a border as large as its window
        throw error;
      }
      drawn++;
      const network = { architecture, weights: randomWeights(architecture, random), provenance: {} };
      const image = Float32Array.from({ length: map[0] * map[1] }, () => (random.integer(17) - 8) / 8);
      const expected = evaluate(network, image);
      const snn = convertedOrRefused(network);
      assert.ok(snn, 'expected a mean before a convolution to be converted');
      const largest = Math.max(1, ...expected.map(Math.abs));
      runFolded(snn, image).logits.forEach((logit, c) => {
        assert.ok(Math.abs(logit - expected[c]!) <= 1e-4 * largest, `${logit} is not ${expected[c]}`);
      });
    }),
    { numRuns: 200 },
  );
  assert.ok(drawn > 60, `expected over 60 networks, found ${drawn}`);
});
