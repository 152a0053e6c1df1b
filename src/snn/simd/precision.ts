/** @file Which layers run in the integer kernel. */
import type { ScaledSynapses } from '../geometry.ts';
import { onInt8Grid } from '../grid.ts';
import type { NeuronKind, SpikingNetwork } from '../network.ts';
import { recordOf } from '../simulation.ts';
import type { Extent } from './layer-memory.ts';
import type { Precision } from './pack.ts';

/** Neurons of the integer kernel. */
const INTEGER: readonly NeuronKind[] = ['full', 'half', 'unipolar'];

/** int8 where the network is on the int8 grid and only spikes come in; what is dense, kept or settled is float32, exact as well. */
export function precisionOf(
  network: SpikingNetwork,
  charged: readonly ScaledSynapses[],
  index: number,
  extent: Extent,
): Precision {
  const record = recordOf(extent.record, index);
  const { theta, bias } = network.layers[index]!;
  const small = (values: Float32Array<ArrayBufferLike>, most: number): boolean =>
    values.every((value) => Number.isInteger(value) && Math.abs(value) <= most);
  const plain =
    !extent.dense &&
    !record.currents &&
    !record.membrane &&
    !extent.settling &&
    INTEGER.includes(network.neuron);
  const fits = charged.every((s) => s.from >= 0 && small(s.weight, s.kind === 'identity' ? 2 ** 22 : 127));
  const starts = theta.every((value) => Number.isInteger(value * network.initialPotential));
  return onInt8Grid(network) && plain && fits && starts && small(theta, 2 ** 22) && small(bias, 2 ** 22)
    ? 'int8'
    : 'float32';
}
