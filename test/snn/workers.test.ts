/** @file Any number of threads, any schedule: the same spikes, bit for bit, also where sums round. */
import { test } from 'node:test';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { assertSameRun } from '../support/assert-same-run.ts';
import { randomImages, randomSpikingNetwork, randomTrainedNetwork } from '../support/random-network.ts';

const KINDS = ['tracer', 'half', 'burst', 'memory', 'half', 'leaky', 'rest', 'reset-to-zero'] as const;
const record = { spikes: true, membrane: true, currents: true, counts: true };

for (const lanes of [2, 3]) {
  test(`${lanes} lanes give the spikes of one`, async () => {
    const heap = new Heap();
    const team = createTeam(heap, lanes);
    try {
      await new Promise((resolve) => setTimeout(resolve, 300)); // for the threads to join
      for (let seed = 0; seed < 24; seed++) {
        const trained = randomTrainedNetwork(seed, { dyadic: seed % 2 === 0 });
        const kind = KINDS[seed % KINDS.length]!;
        const snn = randomSpikingNetwork(trained, kind);
        const images = randomImages(trained, 1 + (seed % 6), seed, false); // few stream in waves, more step by step
        for (const schedule of ['layered', 'streaming', 'settling'] as const) {
          if (schedule === 'settling' && !snn.neuron.settling) continue;
          const options = { steps: 4, schedule, record };
          for (const engine of ['events', 'products', 'auto'] as const) {
            const request = { ...options, engine };
            assertSameRun(
              simulate(snn, images, { ...request, runtime: { heap, team } }),
              simulate(snn, images, request),
            );
          }
        }
      }
    } finally {
      team.close();
    }
  });
}
