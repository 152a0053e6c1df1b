/** @file Which layers run in the integer kernel. */
import type { ScaledSynapses } from '../geometry.ts';
import { onInt8Grid } from '../grid.ts';
import type { SpikingNetwork } from '../network.ts';
import { recordOptionsOf } from '../simulation.ts';
import type { Precision } from './pack.ts';
import type { Plan } from './plan.ts';

/**
 * int8 for a layer that receives only spikes, in a network on the int8 grid. Products, recorded layers and settling runs are
 * float32, which is exact on that grid too.
 */
export function precisionOf(
  network: SpikingNetwork,
  scaled: readonly ScaledSynapses[],
  index: number,
  { engine, schedule, record: asked }: Plan,
): Precision {
  const record = recordOptionsOf(asked, index);
  const { theta, bias } = network.layers[index]!;
  const small = (values: Float32Array<ArrayBufferLike>, most: number): boolean =>
    values.every((value) => Number.isInteger(value) && Math.abs(value) <= most);
  const plain =
    engine === 'events' &&
    !record.currents &&
    !record.membrane &&
    schedule !== 'settling' &&
    network.neuron.simd?.int8 === true;
  const fits = scaled.every((s) => s.from >= 0 && small(s.weight, s.kind === 'identity' ? 2 ** 22 : 127));
  const starts = theta.every((value) => Number.isInteger(value * network.initialPotential));
  return onInt8Grid(network) && plain && fits && starts && small(theta, 2 ** 22) && small(bias, 2 ** 22)
    ? 'int8'
    : 'float32';
}
