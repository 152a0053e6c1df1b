/** @file The convolution of bytes is the plain one of the same whole numbers: any square kernel, stride, border, offset, channels and lanes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import { createByteConv2d } from '../../src/kernels/conv2d/bytes/bytes.ts';
import {
  byteWeightBytes,
  PANEL,
  packByteWeights,
  packFirstSums,
} from '../../src/kernels/conv2d/bytes/layout.ts';
import * as reference from '../../src/kernels/conv2d/reference.ts';
import { roundUp } from '../../src/kernels/round-up.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { Random } from '../../src/random/random.ts';
import { shuffledTeam } from '../support/shuffled-team.ts';

const heap = new Heap();
const arena = new Arena(heap);
const int = (min: number, max: number) => fc.integer({ min, max });

const shapes = fc
  .record({
    ...{ batch: int(1, 3), inHeight: int(1, 12), inWidth: int(1, 12), inChannels: int(1, 20) },
    ...{ outChannels: int(1, 20), kernel: int(1, 5), stride: int(1, 3), padding: int(0, 2) },
  })
  .map((s) => ({
    ...s,
    outHeight: Math.floor((s.inHeight + 2 * s.padding - s.kernel) / s.stride) + 1,
    outWidth: Math.floor((s.inWidth + 2 * s.padding - s.kernel) / s.stride) + 1,
  }))
  .filter((s) => s.outHeight > 0 && s.outWidth > 0);

const skip = hasRelaxedSimd ? false : 'this runtime has no relaxed SIMD, and takes float32 in its place';

test('bytes = the reference, to the last bit', { skip }, () => {
  const byLanes = [1, 2, 3].map((lanes) => createByteConv2d(arena, shuffledTeam(heap, lanes, lanes)));
  fc.assert(
    fc.property(shapes, int(0, 127), fc.boolean(), int(0, 2), fc.nat(), (s, offset, extreme, lanes, seed) => {
      const conv2d = byLanes[lanes]!;
      const mark = arena.mark();
      const random = Random.seeded(seed);
      // from `from` to 127 - offset, the largest that fits; only the ends where it is to be extreme
      const between = (from: number, to: number): number =>
        extreme ? (random.integer(2) ? from : to) : from + random.integer(to - from + 1);
      const xs = Float32Array.from({ length: s.batch * s.inHeight * s.inWidth * s.inChannels }, () =>
        between(-offset, 127 - offset),
      );
      const ws = Float32Array.from({ length: s.kernel ** 2 * s.inChannels * s.outChannels }, () =>
        between(-127, 127),
      );
      const expected = new Float64Array(s.batch * s.outHeight * s.outWidth * s.outChannels);
      reference.conv2d(xs, ws, null, null, expected, s);

      const channels = roundUp(s.inChannels, 4);
      const outChannels = roundUp(s.outChannels, 4);
      const [mapHeight, mapWidth] = [s.inHeight + 2 * s.padding, s.inWidth + 2 * s.padding];
      const mapLength = s.batch * mapHeight * mapWidth * channels;
      const x = arena.allocate(mapLength);
      const bytes = new Uint8Array(heap.memory.buffer, x, mapLength).fill(offset);
      for (const [i, value] of xs.entries()) {
        const place = Math.floor(i / s.inChannels);
        const row = Math.floor(place / s.inWidth);
        const y = (row % s.inHeight) + s.padding + Math.floor(row / s.inHeight) * mapHeight;
        bytes[(y * mapWidth + (place % s.inWidth) + s.padding) * channels + (i % s.inChannels)] =
          value + offset;
      }
      const sizes = { taps: s.kernel ** 2, ins: s.inChannels, outs: s.outChannels };
      const w = arena.allocate(byteWeightBytes(sizes));
      packByteWeights(heap, w, ws, sizes);
      const firstSums = arena.allocate(4 * roundUp(s.outChannels, PANEL));
      packFirstSums(heap, firstSums, ws, sizes, offset);
      const pixels = s.batch * s.outHeight * s.outWidth;
      const y = arena.allocate(4 * pixels * outChannels);
      const found = heap.f32(y, pixels * outChannels).fill(NaN);
      const { batch, outHeight, outWidth, stride } = s;
      const kernel = { kernelHeight: s.kernel, kernelWidth: s.kernel };
      conv2d(
        { x, w, firstSums, y },
        { batch, mapHeight, mapWidth, channels, outHeight, outWidth, outChannels, ...kernel, stride },
      );
      for (let pixel = 0; pixel < pixels; pixel++)
        for (let c = 0; c < s.outChannels; c++)
          assert.equal(found[pixel * outChannels + c], Math.fround(expected[pixel * s.outChannels + c]!) + 0);
      arena.release(mark);
    }),
    { numRuns: 300 },
  );
});
