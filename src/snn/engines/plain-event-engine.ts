/**
 * @file Events in plain loops: only spikes travel. Each output position adds the weight rows of the inputs that fired;
 * nothing is multiplied. What the SIMD kernels must do, and what runs in their place where they cannot.
 */
import { eachTap, type InputRow, inputRows, type ScaledSynapses } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import { planesOf } from '../planes.ts';
import type { SimulationRequest } from '../request.ts';
import type { SimulationResult } from '../simulation.ts';
import { createQueue, fillQueue, type SpikeQueue } from '../spike-queue.ts';
import { runPlain } from './plain-run.ts';

/**
 * Simulates by events in plain loops.
 * @param images [count, height, width, channels], normalised
 */
export function simulatePlainEvents(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  request: SimulationRequest,
): SimulationResult {
  const planes = planesOf(network.neuron);
  const tally = runPlain(network, images, request, (synapses) => {
    const queue = createQueue(synapses, planes);
    const rows = inputRows(synapses);
    return (s, current) => {
      fillQueue(queue, synapses, s);
      gather(synapses, rows, queue, current);
    };
  });
  return tally.result({
    engine: 'events',
    schedule: request.schedule,
    method: 'events, float32, plain loops',
  });
}

/** Adds the weight rows of the queued spikes to current, [outHeight, outWidth, outChannels]. */
function gather(
  synapses: ScaledSynapses,
  rows: readonly InputRow[],
  queue: SpikeQueue,
  current: Float32Array,
): void {
  const { out, weight } = synapses;
  const channels = out[2];
  const { planes, capacity, counts } = queue;
  // where the entries of each plane begin, for the position that `find` was last called with
  const first = new Int32Array(planes.length + 1);
  const find = (position: number): void => {
    first[0] = position * capacity;
    for (let k = 0; k < planes.length; k++) first[k + 1] = first[k]! + counts[position * planes.length + k]!;
  };
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      const to = (y * out[1] + x) * channels;
      for (let k = 0; k < planes.length; k++) {
        if (synapses.kind === 'identity') {
          find(y * out[1] + x);
          passOn(queue, k, first, weight, current, to);
          continue;
        }
        eachTap(synapses, y, x, (position, row) => {
          find(position);
          for (let at = first[k]!; at < first[k + 1]!; at++) {
            const { row: own, first: start, end } = rows[queue.channels[at]!]!;
            const from = row + own;
            if (planes[k]! > 0) for (let c = start; c < end; c++) current[to + c]! += weight[from + c]!;
            else for (let c = start; c < end; c++) current[to + c]! -= weight[from + c]!;
          }
        });
      }
    }
}

/** An identity: a spike adds one number. */
function passOn(
  { channels, planes }: SpikeQueue,
  k: number,
  first: ArrayLike<number>,
  height: ArrayLike<number>,
  current: Float32Array,
  to: number,
): void {
  const sign = Math.sign(planes[k]!);
  for (let at = first[k]!; at < first[k + 1]!; at++)
    current[to + channels[at]!]! += height[channels[at]!]! * sign;
}
