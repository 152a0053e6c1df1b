/** @file Convolution for few in channels: the very bits of the implicit products, for any shape that it takes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import { createDirectConv2d, hasFewInputs } from '../../src/kernels/conv2d/direct/direct.ts';
import { createImplicitConv2d } from '../../src/kernels/conv2d/implicit/implicit.ts';
import type { Conv2dShape } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { onHeap } from './support.ts';

const heap = new Heap();
const team = new LocalTeam(heap);
const arena = new Arena(heap);

const int = (min: number, max: number) => fc.integer({ min, max });

const shapes: fc.Arbitrary<Conv2dShape> = fc
  .record({
    batch: int(1, 9),
    inHeight: int(1, 24),
    inWidth: int(1, 24),
    inChannels: int(1, 4),
    outChannels: fc.constantFrom(8, 16, 24, 32, 72),
    kernel: int(1, 7),
    stride: int(1, 3),
    padding: int(0, 8),
  })
  .map((s) => ({
    ...s,
    outHeight: Math.floor((s.inHeight + 2 * s.padding - s.kernel) / s.stride) + 1,
    outWidth: Math.floor((s.inWidth + 2 * s.padding - s.kernel) / s.stride) + 1,
  }))
  .filter((s) => s.outHeight > 0 && s.outWidth > 0 && hasFewInputs(s));

for (const relaxed of hasRelaxedSimd ? [true, false] : [false]) {
  const implicit = createImplicitConv2d(arena, team, relaxed);
  const direct = createDirectConv2d(arena, team, relaxed, () => implicit);
  const name = relaxed ? 'fused multiply-add' : 'plain multiply-add';

  test(`few in channels: forward and weight gradient have the bits of the implicit products, ${name}`, () => {
    fc.assert(
      fc.property(shapes, fc.boolean(), fc.boolean(), fc.nat(), (s, biased, clips, seed) => {
        onHeap(heap, (array) => {
          const size = s.batch * s.outHeight * s.outWidth * s.outChannels;
          const x = array(s.batch * s.inHeight * s.inWidth * s.inChannels, seed);
          const w = array(s.kernel ** 2 * s.inChannels * s.outChannels, seed + 1);
          const bias = biased ? array(s.outChannels, seed + 2) : null;
          const clip = { lower: -1, leak: 1, levels: 0, rounding: 'truncate' } as const;
          const fused = clips ? { clip, theta: array(1).fill(0.75) } : null;
          const [expected, found] = [array(size), array(size).fill(Number.NaN)];
          implicit.forward(x, w, bias, fused, expected, s);
          direct.forward(x, w, bias, fused, found, s);
          assert.deepEqual(found, expected);
          const [expectedDw, dw] = [array(w.length), array(w.length).fill(Number.NaN)];
          const dy = array(size, seed + 3);
          implicit.backwardWeights(x, dy, expectedDw, s);
          direct.backwardWeights(x, dy, dw, s);
          assert.deepEqual(dw, expectedDw);
        });
      }),
      { numRuns: 300 },
    );
  });
}
