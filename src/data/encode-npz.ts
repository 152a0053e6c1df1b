/** @file NumPy's npz, as `savez` writes it. */
import { ndarray } from '../platform/ndarray.ts';
import { encodeZip } from './encode-zip.ts';
import { encodeNpy, type NpyArray } from './npy.ts';

/** An array for NumPy: values row by row. */
export interface ShapedArray {
  readonly shape: readonly number[];
  readonly data: NpyArray;
}

/**
 * The bytes of an npz file.
 * @throws RangeError for more than 4 GiB
 * @example
 * const counts = { shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) };
 * decodeNpz(encodeNpz(new Map([['counts', counts]])), 'a.npz').names; // ['counts']
 */
export function encodeNpz(arrays: ReadonlyMap<string, ShapedArray>): Uint8Array<ArrayBuffer> {
  const members = [...arrays].map(
    ([name, { shape, data }]) => [`${name}.npy`, encodeNpy(ndarray(data, [...shape]))] as const,
  );
  return encodeZip(new Map(members));
}
