/** @file Parts of maps of one position are a vector: their values lie one after the other, although no flatten says so. */
import type { Rows, SpikePart } from './layer-output.ts';

/** A part that is read as a vector. */
export type VectorPart = SpikePart & { readonly rows: Rows };

/** Each with its rows in the vector; those that have some keep them. */
export function vectorParts(parts: readonly SpikePart[]): VectorPart[] {
  let first = 0;
  return parts.map((part) => {
    const [base, channels] = [first, part.map[2]];
    first += channels;
    return { ...part, rows: part.rows ?? { base, row: channels, column: channels } };
  });
}
