/**
 * @file The event engine in plain loops: only spikes travel. Each output position adds the weight rows of the
 * inputs that fired; nothing is multiplied. The reference for the SIMD engine.
 */
import { type Charged, eachTap } from './geometry.ts';
import type { SpikingNetwork } from './network.ts';
import { runPlain } from './plain-run.ts';
import type { SimulateOptions, SimulationResult } from './simulation.ts';
import { createQueue, fillQueue, type SpikeQueue } from './spike-queue.ts';

/** images: [count, height, width, channels], normalised. */
export function simulatePlainEvents(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  options: SimulateOptions,
): SimulationResult {
  const tally = runPlain(network, images, options, (synapses) => {
    const queue = createQueue(synapses);
    return (s, current) => {
      fillQueue(queue, synapses, s);
      gather(synapses, queue, current);
    };
  });
  const schedule = options.schedule === 'settling' ? 'settling' : 'streaming';
  return tally.result({ engine: 'event', schedule, method: 'event, float32, plain loops' });
}

/** current: [outHeight, outWidth, outChannels], added to. */
function gather(synapses: Charged, queue: SpikeQueue, current: Float32Array): void {
  const { out, weight } = synapses;
  const channels = out[2];
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      const to = (y * out[1] + x) * channels;
      if (synapses.kind === 'identity') passOn(queue, y * out[1] + x, weight, current, to);
      else {
        eachTap(synapses, y, x, (position, row) => {
          const start = position * queue.capacity;
          const turn = start + queue.counts[position * 2]!;
          for (let at = start; at < turn; at++) {
            const from = row + queue.channels[at]! * channels;
            for (let c = 0; c < channels; c++) current[to + c]! += weight[from + c]!;
          }
        });
        eachTap(synapses, y, x, (position, row) => {
          const turn = position * queue.capacity + queue.counts[position * 2]!;
          const end = turn + queue.counts[position * 2 + 1]!;
          for (let at = turn; at < end; at++) {
            const from = row + queue.channels[at]! * channels;
            for (let c = 0; c < channels; c++) current[to + c]! -= weight[from + c]!;
          }
        });
      }
    }
}

/** An identity: one number per spike. */
function passOn(
  queue: SpikeQueue,
  position: number,
  height: ArrayLike<number>,
  current: Float32Array,
  to: number,
): void {
  let at = position * queue.capacity;
  const turn = at + queue.counts[position * 2]!;
  const end = turn + queue.counts[position * 2 + 1]!;
  for (; at < turn; at++) current[to + queue.channels[at]!]! += height[queue.channels[at]!]!;
  for (; at < end; at++) current[to + queue.channels[at]!]! -= height[queue.channels[at]!]!;
}
