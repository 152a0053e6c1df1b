/** @file Weights and spikes as npz: every tensor of the network's own file, every spike of the record. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeNpz } from '../../src/data/npz.ts';
import { UsageError } from '../../src/errors.ts';
import { encodeSpikes, encodeWeights } from '../../src/format/network-npz.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { spikeEvents } from '../../src/snn/spike-events.ts';
import { randomImages, randomSpikingNetwork, randomTrainedNetwork } from '../support/random-network.ts';

const trained = randomTrainedNetwork(4);

test('weights of a trained network by their names', async () => {
  const npz = decodeNpz(encodeWeights(trained), 'w.npz');
  assert.deepEqual([...npz.names].sort(), [...trained.weights.keys()].sort());
  for (const [name, weights] of trained.weights)
    assert.deepEqual((await npz.array(name)).data, weights, name);
});

test('of a spiking network: thresholds, biases and synapses', async () => {
  const snn = randomSpikingNetwork(trained, 'half');
  const npz = decodeNpz(encodeWeights(snn), 'w.npz');
  const [first] = snn.layers;
  assert.deepEqual((await npz.array(`${first!.name}.theta`)).data, first!.theta);
  assert.deepEqual((await npz.array(`${first!.name}.input.0.weight`)).data, first!.inputs[0]!.weight);
});

for (const neuron of ['half', 'burst'])
  test(`${neuron}: the events, put back, are the record`, async () => {
    const snn = randomSpikingNetwork(trained, neuron);
    const steps = 5;
    const run = simulate(snn, randomImages(trained, 3, 4), { steps, record: { spikes: true } });
    const npz = decodeNpz(encodeSpikes(run), 's.npz');
    const column = async (name: string): Promise<number[]> => [
      ...((await npz.array(name)).data as Int32Array),
    ];
    const [image, t, layer, neurons, sign, sizes] = await Promise.all(
      ['image', 't', 'layer', 'neuron', 'sign', 'neurons'].map(column),
    );
    const record = snn.layers.slice(0, -1).map((_, l) => new Int8Array(3 * steps * sizes![l]!));
    assert.ok(sign!.length > 20);
    sign!.forEach((s, i) => {
      const l = layer![i]!;
      record[l]![(image![i]! * steps + t![i]!) * sizes![l]! + neurons![i]!] = s;
    });
    assert.deepEqual(
      record,
      run.record.slice(0, -1).map(({ spikes }) => spikes),
    );
  });

test('a run without a record is refused', () => {
  const run = simulate(randomSpikingNetwork(trained, 'half'), randomImages(trained, 1, 4), { steps: 2 });
  assert.throws(
    () => spikeEvents(run),
    (error) => error instanceof UsageError && /expected a run with record/.test(error.message),
  );
});
