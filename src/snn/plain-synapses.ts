/** @file Synapses that one number each describes: square kernels and windows, and nothing that most synapses do not have. */
import type { Synapses } from './network.ts';

export interface PlainSynapses extends Synapses {
  readonly pool: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Whether a number says each of pool, kernel, stride and padding, and there is no max pool, dilation or group. */
export function arePlain(synapses: Synapses): synapses is PlainSynapses {
  const { pool, kernel, stride, padding, maxPool, dilation, groups } = synapses;
  const numbers = [pool, kernel, stride, padding].every((one) => typeof one === 'number');
  return numbers && !maxPool && dilation === undefined && groups === undefined;
}

/** The same synapses. @throws Error where they are not plain */
export function plainSynapses(synapses: Synapses): PlainSynapses {
  if (arePlain(synapses)) return synapses;
  throw new Error(`synapses: expected plain ones, found ${JSON.stringify({ ...synapses, weight: null })}`);
}
