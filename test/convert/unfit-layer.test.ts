/** @file Networks that no threshold helps: each is refused by the layer, by every method, with the remedy that helps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ConvertOptions, convert } from '../../src/convert/convert.ts';
import { CONVERSION_METHODS } from '../../src/convert/methods/index.ts';
import { onDyadicGrid, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { InputError } from '../../src/errors.ts';
import { encodeSnn } from '../../src/format/snn-format.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { randomTrainedNetwork } from '../support/random-network.ts';
import { randomCalibration } from './calibration-set.ts';

const STEPS = 4;

/** The network with the weights and biases of one layer changed. */
function changed(
  network: TrainedNetwork,
  layer: string,
  change: (value: number, part: string) => number,
): TrainedNetwork {
  const weights = new Map(
    [...network.weights].map(([name, values]) =>
      name.startsWith(`${layer}.`) ? [name, values.map((value) => change(value, name))] : [name, values],
    ),
  );
  return { ...network, weights };
}

/** Each method with a network that it takes. */
const CASES = CONVERSION_METHODS.flatMap((method) =>
  method.activations.slice(0, 1).map((activation) => ({ method, activation })),
);

async function conversionOf(network: TrainedNetwork, options: ConvertOptions): Promise<SpikingNetwork> {
  const calibration = await randomCalibration(network, 3, STEPS, 1);
  return convert(network, { ...options, calibration }).snn;
}

for (const { method, activation } of CASES) {
  test(`${method.name}: weights near the end of float32 give a finite network or a refusal by layer`, async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.integer({ min: 60, max: 127 }), async (seed, power) => {
        const network = randomTrainedNetwork(seed, { activation });
        const huge = changed(network, 'conv0', (value) => Math.fround(value * 2 ** power));
        try {
          const snn = await conversionOf(huge, { method });
          for (const { theta } of snn.layers)
            assert.ok(theta.every((one) => one > 0 && one < Number.POSITIVE_INFINITY));
          encodeSnn(snn);
        } catch (error) {
          refused++;
          assert.ok(error instanceof InputError, String(error));
          assert.match(error.message, /^[\w.]+: expected /);
        }
      }),
      { numRuns: 20 },
    );
    assert.ok(refused > 0, 'some overflow');
  });
}

for (const { method, activation } of CASES.filter((one) => one.method.needsCalibration)) {
  test(`${method.name}: a layer that is silent on all images is called dead, and the remedy is another training`, async () => {
    const network = changed(randomTrainedNetwork(6, { activation }), 'conv0', (_, name) =>
      name.endsWith('bias') ? -1000 : 0,
    );
    const silent = { ...network, weights: new Map(network.weights) };
    const biases = silent.weights.get('conv0.bias');
    assert.ok(biases, 'the case needs a bias');
    await assert.rejects(conversionOf(silent, { method }), (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.equal(error.code, 'layer-dead');
      assert.match(error.message, /^act0: .*found -?\d+ at most: its neurons are dead.*lower learning rate/);
      return !error.message.includes('theta');
    });
  });
}

test('no grid makes numbers that are not finite', () => {
  const { snn } = convert(randomTrainedNetwork(3));
  const [first, ...rest] = snn.layers;
  const tiny = {
    ...first!,
    inputs: first!.inputs.map((one) => ({ ...one, weight: one.weight.map(() => 1e-45) })),
  };
  const huge = { ...rest[0]!, bias: rest[0]!.bias.map(() => 3e38) };
  for (const network of [
    { ...snn, layers: [tiny, ...rest] },
    { ...snn, layers: [first!, huge, ...rest.slice(1)] },
  ])
    for (const put of [
      (one: SpikingNetwork) => quantisedToInt8(one),
      (one: SpikingNetwork) => onDyadicGrid(one, { steps: 2 }),
    ])
      try {
        encodeSnn(put(network));
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
      }
});

test('a network with NaN or an infinity anywhere is not written', () => {
  const { snn } = convert(randomTrainedNetwork(4));
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    for (const part of ['theta', 'bias'] as const) {
      const layers = snn.layers.map((layer, l) =>
        l === 0 ? { ...layer, [part]: layer[part].map(() => bad) } : layer,
      );
      assert.throws(
        () => encodeSnn({ ...snn, layers }),
        part === 'theta'
          ? /^InputError: \w+: expected thresholds above 0, found/
          : /^InputError: \w+: expected finite biases/,
      );
    }
});
