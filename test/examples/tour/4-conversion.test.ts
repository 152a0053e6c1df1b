/**
 * @file Tour, stop 4. Weights, bias and theta of the first layer times 2: what changes in its spikes?
 *
 * Nothing. All potentials are twice as large, and 2 m >= 2 theta where m >= theta; in binary the factor 2 rounds nothing. What a
 * spike is worth to the next layer is twice as much.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  convert,
  createModel,
  createRuntime,
  exportNetwork,
  linear,
  Random,
  sequential,
  simulate,
  strelu,
} from '../../../src/index.ts';

test('the same spikes from everything times 2', () => {
  const runtime = createRuntime({ workers: 1 });
  const net = sequential(linear(4), strelu(), linear(2));
  const network = exportNetwork(createModel(runtime.heap, net([1, 1, 3]), Random.seeded(1)));
  runtime.close();
  const weights = new Map(network.weights);
  for (const name of ['linear1.weight', 'linear1.bias', 'act1.theta'])
    weights.set(
      name,
      network.weights.get(name)!.map((x) => 2 * x),
    );
  const image = Float32Array.of(1, -0.5, 0.25);
  const [plain, twice] = [network, { ...network, weights }].map((one) =>
    simulate(convert(one, { neuron: 'half' }).snn, image, { steps: 8, record: { spikes: true } }),
  );
  assert.ok(plain!.layers[0]!.spikes[7]! > 0);
  assert.deepEqual(twice!.record[0]!.spikes, plain!.record[0]!.spikes);
});
