/** @file Matrix products and convolutions give the same bits on any number of threads, in every way they have to cut work. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createSimdConv2d } from '../../src/kernels/conv2d/simd.ts';
import { createSimdGemm } from '../../src/kernels/gemm/simd.ts';
import type { Conv2dShape } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/memory/arena.ts';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import { onHeap } from './support.ts';

const LANES = [1, 2, 3, 8];
const heap = new Heap();
const teams = LANES.map((lanes) => createTeam(heap, lanes));
before(() => pause(500)); // the threads join when they are ready
after(() => {
  for (const team of teams) team.close();
});

/** Runs `compute` with each team, several times, and compares all bits with those of one lane. */
function sameOnAll<K>(
  make: (arena: Arena, team: (typeof teams)[number]) => K,
  compute: (kernels: K) => Float32Array[],
): void {
  const sets = teams.map((team) => make(new Arena(heap), team));
  const bits = (arrays: Float32Array[]): Uint32Array[] =>
    arrays.map((array) => new Uint32Array(Float32Array.from(array).buffer));
  const expected = bits(compute(sets[0]!));
  for (let round = 0; round < 3; round++) {
    sets.forEach((set, at) => {
      assert.deepEqual(bits(compute(set)), expected, `${LANES[at]} lanes, round ${round}`);
    });
  }
}

test('gemm: the same bits on 1, 2, 3 and 8 lanes', () => {
  for (const [m, n, k] of [
    [500, 70, 300],
    [60, 200, 520],
  ] as const) {
    for (const [transposeA, transposeB] of [
      [false, false],
      [true, true],
    ] as const) {
      onHeap(heap, (array) => {
        const [a, b, c] = [array(m * k, 1), array(k * n, 2), array(m * n)];
        sameOnAll(createSimdGemm, (gemm) => {
          gemm(a, b, c.fill(NaN), { m, n, k, transposeA, transposeB });
          return [c];
        });
      });
    }
  }
});

const same = (
  batch: number,
  map: number,
  kernel: number,
  inChannels: number,
  outChannels: number,
): Conv2dShape => ({
  batch,
  inHeight: map,
  inWidth: map,
  inChannels,
  outHeight: map,
  outWidth: map,
  outChannels,
  kernel,
  stride: 1,
  padding: (kernel - 1) / 2,
});

const SHAPES: readonly (readonly [string, Conv2dShape])[] = [
  ['first layer', same(4, 16, 3, 3, 32)],
  ['many tiles', same(5, 32, 3, 16, 32)],
  ['few tiles, many channels', same(3, 4, 3, 96, 160)],
  ['maps of 2', same(5, 2, 3, 68, 132)],
  ['5x5', same(4, 14, 5, 16, 24)],
  ['stride 2', { ...same(4, 16, 3, 16, 24), stride: 2, outHeight: 8, outWidth: 8 }],
];

for (const [name, s] of SHAPES) {
  test(`conv2d, ${name}: the same bits on 1, 2, 3 and 8 lanes`, () => {
    onHeap(heap, (array) => {
      const pixels = s.batch * s.outHeight * s.outWidth;
      const x = array(s.batch * s.inHeight * s.inWidth * s.inChannels, 1);
      const w = array(s.kernel ** 2 * s.inChannels * s.outChannels, 2);
      const dy = array(pixels * s.outChannels, 3);
      const [y, dx, dw] = [array(dy.length), array(x.length), array(w.length)];
      sameOnAll(createSimdConv2d, (conv) => {
        conv.conv2d(x, w, null, null, y.fill(NaN), s);
        conv.conv2dBackwardInput(dy, w, dx.fill(NaN), s);
        conv.conv2dBackwardWeights(x, dy, dw.fill(NaN), s);
        return [y, dx, dw];
      });
    });
  });
}
