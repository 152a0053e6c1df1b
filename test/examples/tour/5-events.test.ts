/**
 * @file Tour, stop 5. How many weights does a step add up in which no neuron fires?
 *
 * None: the loop over the spikes of a position has no pass. What is left is the bias, and a comparison for every neuron. The
 * engine counts what it adds (accumulates), and a network whose image is black has nothing to count.
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

test('no spike, no addition; each spike adds a row of weights', () => {
  const runtime = createRuntime({ workers: 1 });
  const net = sequential(linear(4), strelu(), linear(2));
  const network = exportNetwork(createModel(runtime.heap, net([1, 1, 3]), Random.seeded(1)));
  runtime.close();
  const { snn } = convert(network, { neuron: 'half' });
  const added = (image: Float32Array<ArrayBuffer>): [spikes: number, additions: number] => {
    const { layers } = simulate(snn, image, { steps: 1 });
    return [layers[0]!.spikes[0]!, layers[0]!.accumulates[0]!];
  };
  assert.deepEqual(added(Float32Array.of(0, 0, 0)), [0, 0]);
  const [spikes, additions] = added(Float32Array.of(8, -4, 2));
  assert.ok(spikes > 0);
  assert.equal(additions, 2 * spikes);
});
