/**
 * @file Sums that were made apart, of some images each, added up. float64 sums depend on the order in which they are made, so whoever
 * wants the same bits from any number of threads makes them of the same images each time and adds them in the order of the images.
 */

/** What adds up place by place: numbers, arrays of them, and lists and records of such. */
export type Sums = number | Float64Array | readonly Sums[] | { readonly [name: string]: Sums };

/** a + b, place by place. Both have the same shape. */
export function addSums<S extends Sums>(a: S, b: S): S;
export function addSums(a: Sums, b: Sums): Sums {
  if (typeof a === 'number') return a + (b as number);
  if (a instanceof Float64Array) return a.map((value, i) => value + (b as Float64Array)[i]!);
  if (isList(a)) return a.map((part, i) => addSums(part, (b as readonly Sums[])[i]!));
  const other = b as { readonly [name: string]: Sums };
  return Object.fromEntries(Object.entries(a).map(([name, part]) => [name, addSums(part, other[name]!)]));
}

const isList = (sums: Exclude<Sums, number | Float64Array>): sums is readonly Sums[] => Array.isArray(sums);
