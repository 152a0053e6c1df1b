/** @file A border around the map: more padding for the convolution that comes next, which sees its value there. */
import { InputError } from '../errors.ts';
import type { PadLayer } from '../nn/architecture.ts';
import { type Border, padded } from '../nn/map-window.ts';
import { refuseShift } from './fold-batch-norm.ts';
import type { LayerOutput, SpikePart } from './layer-output.ts';

/** @throws InputError before an activation, or over a vector: no synapses are missing there; for a value where another stands already */
export function foldPad({ name, padding, value }: PadLayer, input: LayerOutput): LayerOutput {
  const names = [...input.names, name];
  if (padding.every((side) => side === 0)) return { ...input, names };
  if (input.kind === 'current' || input.parts.some(({ rows }) => rows))
    throw new InputError(
      `${name}: ${value === 0 ? 'zeros' : `a border of ${value}`} around ${input.kind === 'current' ? 'a map before its activation' : 'a vector'} cannot be converted; pad behind the activation, before the flatten`,
    );
  refuseShift(name, input.affine);
  if (value !== 0 && input.affine)
    throw new InputError(
      `${name}: a border of ${value} behind a batch norm (${input.affine.names.join(' ')}) cannot be converted; put the batch norm after the convolution`,
    );
  for (const part of input.parts) {
    const other = part.border.some((side) => side > 0) ? part.filled : value;
    if (other !== value || (value !== 0 && part.shares))
      throw new InputError(
        `${name}: a border of ${value} ${part.shares ? 'behind a mean that leaves out its border' : `around one of ${other}`} cannot be converted; pad once, right before the convolution`,
      );
  }
  const parts = input.parts.map((part) => ({
    ...part,
    border: part.border.map((side, i) => side + padding[i]!) as readonly number[] as Border,
    filled: value,
  }));
  return { ...input, parts, shape: padded(input.shape, padding), names };
}

/**
 * Only a convolution sees what stands on a border.
 * @throws InputError when something else would read a border that is not 0
 */
export function refuseFilled(layer: string, { border, filled }: SpikePart, reader: string): void {
  if (filled === 0 || border.every((side) => side === 0)) return;
  throw new InputError(
    `${layer}: a border of ${filled} before a ${reader} cannot be converted; pad right before a convolution`,
  );
}
