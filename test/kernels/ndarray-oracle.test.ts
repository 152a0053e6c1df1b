/** @file ndarray-ops, code that is not ours, as the oracle of the element-wise kernels and row sums; both kernel sets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import ops from 'ndarray-ops';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { Random } from '../../src/random/random.ts';

const heap = new Heap();
const SETS = [referenceKernels, createSimdKernels(heap, new LocalTeam(heap))];

type Matrix = NdArray<Float32Array<ArrayBufferLike>>;

/** Rows of multiples of 1/16 up to 8: sums and products of two are exact in float32. */
function matrix(rows: number, channels: number, random: Random): Matrix {
  const size = rows * channels;
  const data = heap.f32(heap.allocate(4 * size), size);
  for (let i = 0; i < size; i++) data[i] = random.integer(257) / 16 - 8;
  return ndarray(data, [rows, channels]);
}

const shapes = [fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer()] as const;

for (const kernels of SETS) {
  test(`${kernels.name}: add, multiply, addBias and sumRows equal ndarray-ops exactly on dyadic numbers`, () => {
    fc.assert(
      fc.property(...shapes, (rows, channels, seed) => {
        const random = Random.seeded(seed);
        const [a, b] = [matrix(rows, channels, random), matrix(rows, channels, random)];
        const [found, expected] = [matrix(rows, channels, random), matrix(rows, channels, random)];
        const equal = (what: string): void => assert.deepEqual([...found.data], [...expected.data], what);

        kernels.add(a.data, b.data, found.data);
        ops.add(expected, a, b);
        equal('add');
        kernels.multiply(a.data, b.data, found.data);
        ops.mul(expected, a, b);
        equal('multiply');
        kernels.addBias(a.data, b.data.subarray(0, channels), found.data, { rows, channels });
        for (let c = 0; c < channels; c++) ops.adds(expected.pick(null, c), a.pick(null, c), b.get(0, c));
        equal('addBias');
        const sums = matrix(1, channels, random);
        kernels.sumRows(a.data, sums.data, { rows, channels });
        for (let c = 0; c < channels; c++) assert.equal(sums.get(0, c), ops.sum(a.pick(null, c)), 'sumRows');
        for (const { data } of [a, b, found, expected, sums]) heap.free(data.byteOffset);
      }),
    );
  });
}
