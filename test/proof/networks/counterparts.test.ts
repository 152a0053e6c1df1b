/** @file With the trained activations in its neurons' place the folded network is the trained one, in every code and for every activation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import type { TrainedNetwork } from '../../../src/nn/architecture.ts';
import { counterpartsOf, counterpartValue, matchNeurons } from '../../../src/proof/networks/counterparts.ts';
import { runFolded } from '../../../src/proof/networks/run-folded.ts';
import { wiringOf } from '../../../src/snn/wiring.ts';
import { randomCalibration } from '../../convert/calibration-set.ts';
import { evaluate } from '../../support/oracle/trained.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

/** Activation, method, neuron; whether the neuron's own clip is the trained activation. */
const KINDS = [
  ['strelu', 'strelu', 'half', true],
  ['strelu', 'strelu', 'full', true],
  ['strelu', 'strelu', 'rest', true],
  ['trelu', 'trelu', 'unipolar', true],
  ['tleaky-relu', 'tleaky-relu', undefined, true],
  ['qcfs', 'qcfs', 'unipolar', false],
  ['relu', 'relu-percentile', 'unipolar', false],
] as const;

const clip = (x: number, low: number, high: number): number => Math.max(low, Math.min(high, x)) + 0;

/** The trained activations, as their papers write them; the networks have a slope of 1 and four levels, which only QCFS keeps. */
const VALUES: Readonly<Record<(typeof KINDS)[number][0], (z: number, theta: number) => number>> = {
  strelu: (z, theta) => clip(z, -theta, theta),
  trelu: (z, theta) => clip(z, 0, theta),
  'tleaky-relu': (z, theta) => clip(z, -theta, theta),
  qcfs: (z, theta) => theta * clip(Math.floor((z * 4) / theta + 0.5) / 4, 0, 1),
  relu: (z) => Math.max(0, z),
};

const random = (seed: number, activation: string): TrainedNetwork =>
  randomTrainedNetwork(seed, { activation });

function withLevels(network: TrainedNetwork): TrainedNetwork {
  const words = JSON.stringify(network.architecture).replaceAll('"levels":0', '"levels":4');
  return { ...network, architecture: JSON.parse(words) };
}

for (const [activation, method, neuron, alike] of KINDS)
  test(`${activation} by ${neuron ?? 'its own neuron'}: ${alike ? 'one function' : 'two functions'}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), async (seed) => {
        const trained =
          activation === 'qcfs' ? withLevels(random(seed, activation)) : random(seed, activation);
        const calibration = await randomCalibration(trained, 2, 2, seed);
        if ([...calibration.activations.values()].some((list) => !Array.from(list).some((a) => a > 0)))
          return;
        const { snn } = convert(trained, {
          method,
          ...(neuron && { neuron }),
          ...(activation === 'relu' && { calibration }),
        });
        const image = randomImages(trained, 1, seed);
        const counterparts = counterpartsOf(snn, trained.architecture);
        assert.equal(counterparts.length, snn.layers.length - 1);
        assert.equal(counterparts.length === 0 || matchNeurons(snn, counterparts) === alike, true);
        for (const counterpart of counterparts)
          for (const z of [-3, -1.5, -0.5, -0.125, 0, 0.25, 0.375, 0.5, 1, 1.75, 3])
            assert.equal(
              counterpartValue(counterpart, z + (neuron === 'rest' ? 2 : 0), 2),
              VALUES[activation](z, 2) / 2 + (neuron === 'rest' ? 1 : 0),
              `${activation} of ${z}`,
            );
        if (!alike) return;
        const { logits } = runFolded(snn, image, wiringOf(snn), counterparts);
        runFolded(snn, image).logits.forEach((logit, c) => {
          assert.ok(Math.abs(logits[c]! - logit) <= 1e-9 * (1 + Math.abs(logit)), `${logits[c]}, ${logit}`);
        });
        if (activation === 'tleaky-relu') return; // the oracle knows no slope
        evaluate(trained, image).forEach((logit, c) => {
          assert.ok(Math.abs(logits[c]! - logit) <= 1e-4 * (1 + Math.abs(logit)), `${logits[c]}, ${logit}`);
        });
      }),
      { numRuns: 12 },
    );
  });

test('an architecture without the activation of a layer is refused', () => {
  const { snn } = convert(randomTrainedNetwork(3));
  assert.throws(
    () => counterpartsOf(snn, { ...randomTrainedNetwork(3).architecture, layers: [] }),
    /^InputError: /,
  );
});
