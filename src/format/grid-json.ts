/**
 * @file The grid of a spiking network in its file.
 */
import type { NumberGrid } from '../snn/grid.ts';
import type { Fields } from './fields.ts';
import type { Provenance } from './network-tensors.ts';

/**
 * The grid that a network's description has, if any.
 * @param fields of the network
 * @throws InputError naming the field that is wrong
 */
export function readGrid(fields: Fields): NumberGrid | undefined {
  if (!fields.has('grid')) return undefined;
  const grid = fields.object('grid');
  const kind = grid.choice('kind', ['int8', 'dyadic'] as const);
  if (kind === 'int8') return { kind, per: grid.choice('per', ['channel', 'layer'] as const) };
  return { kind, steps: grid.count('steps'), imageBits: grid.count('imageBits', 0) };
}

/** What images were rounded to before version 1 of a file said so. */
const FIRST_IMAGE_BITS = 6;

/** Files of version 1 have no field for it: the dyadic grid stands in their provenance, and the int8 grid could not be saved. */
export function gridOfVersion1({ gridSteps, gridImageBits }: Provenance): NumberGrid | undefined {
  if (typeof gridSteps !== 'number') return undefined;
  const imageBits = typeof gridImageBits === 'number' ? gridImageBits : FIRST_IMAGE_BITS;
  return { kind: 'dyadic', steps: gridSteps, imageBits };
}
