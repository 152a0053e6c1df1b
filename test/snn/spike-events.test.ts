/** @file Spikes one by one: as many as were recorded, each in its place, in order; runs put together are the run of all their images. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mapSize } from '../../src/nn/architecture.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { joinSpikeEvents, spikeEvents } from '../../src/snn/spike-events.ts';
import { randomImages, randomSpikingNetwork, randomTrainedNetwork } from '../support/random-network.ts';

const STEPS = 3;

test('events are the recorded spikes, and events of two runs those of one', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.constantFrom('half' as const, 'burst' as const), (seed, neuron) => {
      const trained = randomTrainedNetwork(seed);
      const network = randomSpikingNetwork(trained, neuron);
      const images = randomImages(trained, 3, seed);
      const options = { steps: STEPS, record: { spikes: true } };
      const whole = simulate(network, images, options);
      const events = spikeEvents(whole);
      const expected: number[][] = [];
      for (let image = 0; image < 3; image++)
        whole.record.forEach(({ spikes }, layer) => {
          const neurons = mapSize(network.layers[layer]!.shape);
          for (let t = 0; spikes && t < STEPS; t++)
            for (let k = 0; k < neurons; k++) {
              const s = spikes[(image * STEPS + t) * neurons + k]!;
              if (s !== 0) expected.push([image, t, layer, k, s]);
            }
        });
      const rows = ({ image, t, layer, neuron, sign }: typeof events): number[][] =>
        Array.from(image, (_, i) => [image[i]!, t[i]!, layer[i]!, neuron[i]!, sign[i]!]);
      assert.deepEqual(rows(events), expected);
      const pixels = mapSize(network.input);
      const [one, two] = [images.subarray(0, pixels), images.subarray(pixels)].map((part) =>
        simulate(network, part, options),
      );
      const joined = joinSpikeEvents([spikeEvents(one!), spikeEvents(two!, 1)]);
      assert.deepEqual(joined, events);
    }),
    { numRuns: 20 },
  );
});

test('a run that recorded none is refused', () => {
  const trained = randomTrainedNetwork(1);
  const run = simulate(randomSpikingNetwork(trained, 'half'), randomImages(trained, 1, 1), { steps: 1 });
  assert.throws(() => spikeEvents(run), /^UsageError: spikeEvents: expected a run with record/);
});
