/** @file Zeros around the map: more padding for the convolution that comes next. */
import { InputError } from '../errors.ts';
import type { PadLayer } from '../nn/architecture.ts';
import { type Border, padded } from '../nn/map-window.ts';
import { refuseShift } from './fold-batch-norm.ts';
import type { LayerOutput } from './layer-output.ts';

/** @throws InputError before an activation, or over a vector: no synapses are missing there */
export function foldPad({ name, padding }: PadLayer, input: LayerOutput): LayerOutput {
  const names = [...input.names, name];
  if (padding.every((side) => side === 0)) return { ...input, names };
  if (input.kind === 'current' || input.parts.some(({ rows }) => rows))
    throw new InputError(
      `${name}: zeros around ${input.kind === 'current' ? 'a map before its activation' : 'a vector'} cannot be converted; pad behind the activation, before the flatten`,
    );
  refuseShift(name, input.affine);
  const parts = input.parts.map((part) => ({
    ...part,
    border: part.border.map((side, i) => side + padding[i]!) as readonly number[] as Border,
  }));
  return { ...input, parts, shape: padded(input.shape, padding), names };
}
