/**
 * @file The event engine: only spikes travel. SIMD kernels on a heap and a team, or plain loops.
 */
import { Heap } from '../memory/heap.ts';
import { LocalTeam } from '../memory/local-team.ts';
import { neurons } from './geometry.ts';
import type { SpikingNetwork } from './network.ts';
import { simulatePlainEvents } from './plain-event-engine.ts';
import { EventSimulator } from './simd/simulator.ts';
import type { SimulateOptions, SimulationResult } from './simulation.ts';
import { Tally } from './tally.ts';

/** Spike lists and potentials of a batch may take this much of the heap. */
const BATCH_BYTES = 48 * 2 ** 20;

/** Images that go through the layers together: as many as fit, at most 16. */
export function batchSize(network: SpikingNetwork, steps: number, images: number): number {
  const total = network.layers.reduce((sum, layer) => sum + neurons(layer.shape), 0);
  const bytes = total * (8 + steps * 2.5);
  return Math.max(1, Math.min(images, 16, Math.floor(BATCH_BYTES / bytes)));
}

/** images: [count, height, width, channels], normalised. */
export function simulateEvents(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  options: SimulateOptions,
): SimulationResult {
  if (options.kernels === 'reference') return simulatePlainEvents(network, images, options);
  const pixels = neurons(network.input);
  const count = images.length / pixels;
  const schedule = options.schedule === 'streaming' ? 'streaming' : 'layered';
  const runtime = options.runtime ?? localRuntime();
  const batch = batchSize(network, options.steps, count);
  const tally = new Tally(network, count, options.steps, options.record);
  const simulator = new EventSimulator(network, {
    ...runtime,
    steps: options.steps,
    schedule,
    batch,
    record: options.record ?? {},
  });
  try {
    for (let first = 0; first < count; first += batch) {
      const end = Math.min(count, first + batch);
      simulator.run(images.subarray(first * pixels, end * pixels), first, tally);
      options.onProgress?.(end);
    }
  } finally {
    simulator.close();
  }
  const lanes = runtime.team.lanes;
  return tally.result({
    engine: 'event',
    schedule,
    method: `event, float32, simd, ${lanes} ${lanes === 1 ? 'lane' : 'lanes'}`,
  });
}

function localRuntime(): { heap: Heap; team: LocalTeam } {
  const heap = new Heap({ shared: true });
  return { heap, team: new LocalTeam(heap) };
}
