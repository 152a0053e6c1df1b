/** @file Parts of a concatenation are calibrated by their own channels; a convolution over a vector is a linear layer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conversionTable } from '../../src/convert/conversion-table.ts';
import { convert } from '../../src/convert/convert.ts';
import type { MapShape, TrainedNetwork } from '../../src/nn/architecture.ts';
import {
  concat,
  conv2d,
  dropout,
  flatten,
  type LayerSpec,
  linear,
  relu,
  strelu,
} from '../../src/nn/layers.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { evaluate } from '../support/oracle/trained.ts';
import { randomCalibration } from './calibration-set.ts';

function trained(input: MapShape, layers: readonly LayerSpec[], seed: number): TrainedNetwork {
  const architecture = sequential(...layers)(input);
  const weights = new Map(
    parameterSpecs(architecture.layers).map(({ name, role, shape }, k) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
        role === 'theta' ? 1 : 0.3 * Math.sin(1 + i * 1.7 + k + seed) + 0.1,
      ),
    ]),
  );
  return { architecture, weights, provenance: {} };
}

test('relu-calibrated: each part of a concatenation is corrected by the mean error of its own channels', async () => {
  const STEPS = 6;
  for (let seed = 0; seed < 4; seed++) {
    const branches = concat([conv2d(3, 1)], [conv2d(2, 3, { padding: 1 })], [conv2d(1, 1)]);
    const network = trained([3, 3, 2], [branches, relu(), flatten(), linear(2)], seed);
    const calibration = await randomCalibration(network, 5, STEPS, seed);
    const raw = convert(network, { method: 'relu-percentile', calibration }).snn;
    const { snn } = convert(network, { method: 'relu-calibrated', calibration });
    const [activation] = [...calibration.activations.values()].map((list) => Array.from(list));
    const before = { ...snn, layers: raw.layers };
    const { record } = simulate(before, calibration.images, {
      steps: STEPS,
      engine: 'reference',
      record: { counts: true },
    });
    let first = 0;
    snn.layers.slice(0, -1).forEach(({ bias, theta, shape }, l) => {
      for (let c = 0; c < shape[2]; c++) {
        const own = activation!.filter((_, i) => i % 6 === first + c);
        const counts = Array.from(record[l]!.counts!).filter((_, i) => i % shape[2] === c);
        assert.equal(own.length, counts.length);
        const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
        const error = mean(own) - (theta[0]! * mean(counts)) / STEPS;
        const expected = raw.layers[l]!.bias[c]! + error;
        assert.ok(Math.abs(bias[c]! - expected) <= 1e-6, `part ${l}, channel ${c}: ${bias[c]}, ${expected}`);
      }
      first += shape[2];
    });
    assert.equal(first, 6);
  }
});

test('a convolution over a vector: the tap that meets it is a linear layer', () => {
  const geometry = fc.record({
    kernel: fc.integer({ min: 1, max: 4 }),
    before: fc.integer({ min: 0, max: 3 }),
    seed: fc.nat(100),
  });
  fc.assert(
    fc.property(geometry, ({ kernel, before, seed }) => {
      fc.pre(before < kernel);
      const after = kernel - 1 - before; // so that there is one position
      const padding = [before, after, before, after] as const;
      const layers = [conv2d(3, 1), strelu(), flatten(), conv2d(4, kernel, { padding }), strelu(), linear(2)];
      const network = trained([2, 2, 1], layers, seed);
      const image = Float32Array.from({ length: 4 }, (_, i) => Math.sin(i + seed));
      const { logits } = runFolded(convert(network).snn, image);
      evaluate(network, image).forEach((logit, c) => {
        assert.ok(Math.abs(logits[c]! - logit) <= 1e-5 * (1 + Math.abs(logit)), `${logits[c]}, ${logit}`);
      });
    }),
    { numRuns: 40 },
  );
});

test('a convolution over a vector that gives several positions, or has groups, is refused by name', () => {
  const refused = (...layers: LayerSpec[]): void =>
    assert.throws(() => convert(trained([2, 2, 1], [conv2d(2, 1), strelu(), flatten(), ...layers], 1)), {
      name: 'InputError',
      message: /conv.*after a flatten is converted where it gives one position and has one group/,
    });
  refused(conv2d(4, 1, { padding: 1 }), strelu(), flatten(), linear(2));
  refused(conv2d(4, 1, { padding: [0, 1, 0, 0] }), strelu(), flatten(), linear(2));
  refused(conv2d(4, 1, { groups: 2 }), strelu(), linear(2));
});

test('the table says which layers were left out, and nothing where none was', () => {
  const image: MapShape = [2, 2, 1];
  const layers = [flatten(), linear(2), strelu(), linear(2)];
  const [without, several] = [
    layers,
    [flatten(), dropout(0.5), linear(2), strelu(), dropout(0.1), linear(2)],
  ].map((list) => conversionTable(convert(trained(image, list, 1)).report).split('\n'));
  assert.ok(!without!.some((line) => line.startsWith('removed')));
  assert.equal(several!.at(-1), 'removed: dropout1 dropout2');
});
