/**
 * @file The definition of a simulation, in plain loops: every synapse is looked at in every step.
 * Numbers are float32 and every sum has one fixed order (constant current; then per synapse group the positive
 * spikes, then the negative ones (planes.ts), by tap, window and channel), which events share: both agree bit for bit.
 */
import { eachTap, type InputRow, inputRows, type ScaledSynapses } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import { inPlane, planesOf } from '../planes.ts';
import type { SimulationRequest } from '../request.ts';
import type { SimulationResult } from '../simulation.ts';
import { eachInWindow } from '../windows.ts';
import { runPlain } from './plain-run.ts';

/**
 * Simulates by the definition.
 * @param images [count, height, width, channels], normalised
 */
export function simulateReference(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  request: SimulationRequest,
): SimulationResult {
  const planes = planesOf(network.neuron);
  const tally = runPlain(network, images, request, (synapses) => {
    const rows = inputRows(synapses);
    return (s, current) => addCurrents(synapses, rows, planes, s, current);
  });
  return tally.result({
    engine: 'reference',
    schedule: request.schedule,
    method: 'reference, float32, plain loops',
  });
}

/** Adds w * s over every tap, window position and channel to current; s is the map of what is sent. */
function addCurrents(
  synapses: ScaledSynapses,
  rows: readonly InputRow[],
  planes: readonly number[],
  s: Int8Array,
  current: Float32Array,
): void {
  const { pool, sent, map, out, weight } = synapses;
  const channels = out[2];
  const window = (position: number, visit: (at: number) => void): void =>
    eachInWindow(pool, sent, Math.floor(position / map[1]), position % map[1], (place) =>
      visit(place * sent[2]),
    );
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      const to = (y * out[1] + x) * channels;
      if (synapses.kind === 'identity') {
        for (const plane of planes) {
          const sign = Math.sign(plane);
          window(y * out[1] + x, (at) => {
            for (let c = 0; c < channels; c++)
              if (inPlane(s[at + c]!, plane)) current[to + c]! += weight[c]! * sign;
          });
        }
        continue;
      }
      for (const plane of planes) {
        const sign = Math.sign(plane);
        eachTap(synapses, y, x, (position, row) => {
          window(position, (at) => {
            for (let i = 0; i < map[2]; i++) {
              if (!inPlane(s[at + i]!, plane)) continue;
              const { row: own, first, end } = rows[i]!;
              for (let c = first; c < end; c++) current[to + c]! += weight[row + own + c]! * sign;
            }
          });
        });
      }
    }
}
