/** @file Descriptors: what a kernel is told about a layer or its synapses, as int32 in the heap, by field name. */

/** The values in the order of the fields. */
export function describe<F extends string>(
  fields: readonly F[],
  values: Readonly<Record<F, number>>,
): Int32Array<ArrayBuffer> {
  return Int32Array.from(fields, (field) => values[field]);
}

/** Bytes of a descriptor. */
export const descriptorBytes = (fields: readonly string[]): number => fields.length * 4;
