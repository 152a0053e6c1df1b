/**
 * @file Minimal filtering computes the same convolution with fewer multiplications; its rounding error is measured and
 * bounded here.
 *
 * Tolerance: each scheme's `error`, in units of 2^-24 * sqrt(number of products) for numbers in (-1, 1). It is 4 times
 * the largest error seen over 450 random cases of the three products, with and without fused multiply-add:
 * F(2,3) 8, F(4,3) 108, F(2,5) 158, F(4,5) 150, whole map of 2: 8. Plain matrix products show 5 to 23 in the same unit.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import * as reference from '../../src/kernels/conv2d/reference.ts';
import { createSimdConv2d, schemeFor } from '../../src/kernels/conv2d/simd.ts';
import { type Scheme, toomCook, transpose, WHOLE_MAP_2 } from '../../src/kernels/conv2d/winograd/scheme.ts';
import { createWinogradConv2d } from '../../src/kernels/conv2d/winograd/winograd.ts';
import type { Clip, Conv2dShape } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { allClose, onHeap } from './support.ts';

const heap = new Heap();
const team = new LocalTeam(heap);
const arena = new Arena(heap);

const SCHEMES: readonly { readonly scheme: Scheme; readonly error: number }[] = [
  { scheme: toomCook(2, 3), error: 32 },
  { scheme: toomCook(4, 3), error: 440 },
  { scheme: toomCook(2, 5), error: 640 },
  { scheme: toomCook(4, 5), error: 600 },
  { scheme: WHOLE_MAP_2, error: 32 },
];

const dot = (u: readonly number[], v: readonly number[]): number =>
  u.reduce((sum, value, i) => sum + value * v[i]!, 0);

for (const { scheme, error } of SCHEMES) {
  test(`${scheme.name}: the identity holds in one dimension`, () => {
    const vector = (length: number) =>
      fc.array(fc.integer({ min: -99, max: 99 }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(vector(scheme.taps), vector(scheme.inputs), (w, x) => {
        const product = scheme.g.map((row, p) => dot(row, w) * dot(scheme.bT[p]!, x));
        const y = transpose(scheme.a).map((row) => dot(row, product));
        for (let i = 0; i < scheme.outputs; i++) {
          const expected = w.reduce((sum, tap, k) => sum + tap * (x[i + k - scheme.skipped] ?? 0), 0);
          assert.ok(Math.abs(y[i]! - expected) < 1e-6, `${y[i]} is not ${expected}`);
        }
      }),
    );
  });

  const int = (min: number, max: number) => fc.integer({ min, max });
  const shapes: fc.Arbitrary<Conv2dShape> = fc
    .record({
      batch: int(1, 3),
      inHeight: int(1, 12),
      inWidth: int(1, 12),
      inChannels: int(1, 5).map((n) => 4 * n),
      outChannels: int(1, 5).map((n) => 4 * n),
      padding: int(0, scheme.taps - 1),
    })
    .map((s) => (scheme === WHOLE_MAP_2 ? { ...s, inHeight: 2, inWidth: 2, padding: 1 } : s))
    .map((s) => ({
      ...s,
      kernel: scheme.taps,
      stride: 1,
      outHeight: s.inHeight + 2 * s.padding - scheme.taps + 1,
      outWidth: s.inWidth + 2 * s.padding - scheme.taps + 1,
    }))
    .filter((s) => s.outHeight > 0 && s.outWidth > 0);
  const simd = createWinogradConv2d(scheme, arena, team, hasRelaxedSimd);
  const tolerance = (products: number): number => error * 2 ** -24 * Math.sqrt(products);
  const clip: Clip = { lower: -1, leak: 1, levels: 0, rounding: 'round' };

  test(`${scheme.name}: convolution and both gradients = reference within the bound`, () => {
    fc.assert(
      fc.property(shapes, fc.boolean(), fc.boolean(), fc.nat(), (s, activated, perChannel, seed) => {
        onHeap(heap, (array) => {
          const pixels = s.batch * s.outHeight * s.outWidth;
          const x = array(s.batch * s.inHeight * s.inWidth * s.inChannels, seed);
          const w = array(s.kernel ** 2 * s.inChannels * s.outChannels, seed + 1);
          const dy = array(pixels * s.outChannels, seed + 2);
          const [y, dx, dw] = [array(dy.length), array(x.length), array(w.length)];
          const bias = activated ? array(s.outChannels, seed + 3) : null;
          const theta = array(perChannel ? s.outChannels : 1);
          theta.set(Array.from(theta, (_, i) => 0.5 + i));
          const fused = activated ? { clip, theta } : null;
          const [ey, ex, ew] = [y, dx, dw].map(({ length }) => new Float64Array(length)) as [
            Float64Array,
            Float64Array,
            Float64Array,
          ];
          reference.conv2d(x, w, bias, fused, ey, s);
          simd.forward(x, w, bias, fused, y, s);
          allClose(y, ey, tolerance(s.kernel ** 2 * s.inChannels));
          reference.conv2dBackwardInput(dy, w, ex, s);
          simd.backwardInput(dy, w, dx, s);
          allClose(dx, ex, tolerance(s.kernel ** 2 * s.outChannels));
          reference.conv2dBackwardWeights(x, dy, ew, s);
          simd.backwardWeights(x, dy, dw, s);
          allClose(dw, ew, tolerance(pixels));
        });
      }),
      { numRuns: 100 },
    );
  });
}

test('a scheme is chosen by its multiplications, and none where none fits', () => {
  const shape = (kernel: number, map: number, channels = 64, stride = 1): Conv2dShape => {
    const out = Math.floor((map - 1) / stride) + 1;
    return {
      batch: 1,
      inHeight: map,
      inWidth: map,
      inChannels: channels,
      outHeight: out,
      outWidth: out,
      outChannels: 64,
      kernel,
      stride,
      padding: (kernel - 1) / 2,
    };
  };
  assert.equal(schemeFor(shape(3, 32))?.name, 'F(4,3)');
  assert.equal(schemeFor(shape(3, 2))?.name, 'whole map of 2');
  assert.equal(schemeFor(shape(3, 6))?.name, 'F(2,3)');
  assert.equal(schemeFor(shape(5, 14))?.name, 'F(4,5)');
  assert.equal(schemeFor(shape(3, 32, 3)), undefined);
  assert.equal(schemeFor(shape(3, 32, 64, 2)), undefined);
  assert.equal(schemeFor(shape(7, 32)), undefined);
});

test('many channels: blocks of channels that are not full, in every way of cutting the work', () => {
  const kernels = createSimdConv2d(arena, team);
  const shape = (batch: number, map: number, inChannels: number, outChannels: number): Conv2dShape => ({
    batch,
    inHeight: map,
    inWidth: map,
    inChannels,
    outHeight: map,
    outWidth: map,
    outChannels,
    kernel: 3,
    stride: 1,
    padding: 1,
  });
  const wide = [shape(2, 7, 72, 140), shape(3, 2, 132, 68), shape(20, 15, 16, 140)];
  for (const s of [...wide, shape(2, 4, 300, 36), shape(1, 4, 36, 300)]) {
    onHeap(heap, (array) => {
      const pixels = s.batch * s.outHeight * s.outWidth;
      const [x, w] = [array(pixels * s.inChannels, 1), array(9 * s.inChannels * s.outChannels, 2)];
      const dy = array(pixels * s.outChannels, 3);
      const [y, dx, dw] = [array(dy.length), array(x.length), array(w.length)];
      const check = (
        found: Float32Array<ArrayBufferLike>,
        products: number,
        compute: (out: Float64Array) => void,
      ): void => {
        const expected = new Float64Array(found.length);
        compute(expected);
        allClose(found, expected, 300 * 2 ** -24 * Math.sqrt(products));
      };
      kernels.conv2d(x, w, null, null, y, s);
      check(y, 9 * s.inChannels, (out) => reference.conv2d(x, w, null, null, out, s));
      kernels.conv2dBackwardInput(dy, w, dx, s);
      check(dx, 9 * s.outChannels, (out) => reference.conv2dBackwardInput(dy, w, out, s));
      kernels.conv2dBackwardWeights(x, dy, dw, s);
      check(dw, pixels, (out) => reference.conv2dBackwardWeights(x, dy, out, s));
    });
  }
});
