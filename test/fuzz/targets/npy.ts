import assert from 'node:assert/strict';
import ndarray from 'ndarray';
import { decodeNpy, encodeNpy } from '../../../src/data/npy.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import { type FuzzTarget, target } from '../target.ts';

const SAMPLES = [
  encodeNpy(ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3])),
  encodeNpy(ndarray(Uint8Array.of(1, 2, 3), [3])),
  encodeNpy(ndarray(Float64Array.of(0.5), [1, 1, 1])),
];

export const npy: FuzzTarget = target({
  name: 'npy',
  says: "NumPy's array files",
  inputs: nearlyBytes(...SAMPLES),
  read(bytes: Uint8Array) {
    const array = decodeNpy(bytes, 'x.npy');
    const again = decodeNpy(encodeNpy(array), 'y.npy');
    assert.deepEqual(again.shape, array.shape);
    for (const [i, value] of flat(again).entries()) assert.ok(Object.is(value, flat(array)[i]));
  },
});

/** In the order of the rows. */
function flat({ data, shape, stride, offset }: ReturnType<typeof decodeNpy>): unknown[] {
  const walk = (axis: number, at: number): unknown[] =>
    axis === shape.length
      ? [data[at]]
      : Array.from({ length: shape[axis]! }, (_, i) => walk(axis + 1, at + i * stride[axis]!)).flat();
  return walk(0, offset);
}
