/** @file The kernels that are bound by memory give the same bits on any number of threads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import { random } from './support.ts';

const ROWS = 6000;

/** Runs every kernel on rows of `channels` and returns all that it wrote, as bits. */
function outcomes(heap: Heap, lanes: number, channels: number, rounds: number): () => Uint32Array[][] {
  const team = createTeam(heap, lanes);
  const simd = createSimdKernels(heap, team);
  const shape = { rows: ROWS, channels };
  const size = ROWS * channels;
  const clip = { lower: -1, leak: 1, levels: 8, rounding: 'truncate' } as const;
  const [x, dy] = [random(heap, size, 1), random(heap, size, 2)];
  const [gamma, beta, theta] = [3, 4, 5].map((seed) => random(heap, channels, seed)) as [F, F, F];
  theta.forEach((t, c) => {
    theta[c] = Math.abs(t) + 0.25;
  });
  const image = { batch: ROWS / 60, inHeight: 6, inWidth: 10, channels, size: 2 };
  const once = (): Uint32Array[] => {
    const empty = (n: number): F => heap.f32(heap.allocate(4 * n), n);
    const [y, mean, inverse, dx, dgamma, dbeta] = [size, channels, channels, size, channels, channels].map(
      empty,
    ) as [F, F, F, F, F, F];
    const [dtheta, one, sums, clipped, pooled, unpooled, biased] = [
      channels,
      1,
      channels,
      size,
      size / 4,
      size,
      size,
    ].map(empty) as [F, F, F, F, F, F, F];
    const [p, v, w] = [6, 7, 8].map((seed) => random(heap, size, seed)) as [F, F, F];
    const norm = { gamma, beta, mean, inverseDeviation: inverse };
    simd.batchNorm(x, norm, 1e-5, { clip, theta }, y, shape);
    simd.batchNormBackward(x, norm, { clip, theta }, dy, { dx, dgamma, dbeta, dtheta }, shape);
    simd.clipBackward(x, { clip, theta: theta.subarray(0, 1) }, dy, clipped, one, shape);
    simd.sumRows(x, sums, shape);
    simd.addBias(x, beta, biased, shape);
    simd.avgPool(x, pooled, image);
    simd.avgPoolBackward(pooled, unpooled, image);
    simd.sgd(p, dy, v, { learningRate: 0.1, momentum: 0.9, weightDecay: 1e-3, nesterov: true });
    w.forEach((value, i) => {
      w[i] = Math.abs(value);
    });
    const adam = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, step: 2 };
    simd.adam(p, dy, v, w, adam);
    const written = [
      y,
      mean,
      inverse,
      dx,
      dgamma,
      dbeta,
      dtheta,
      one,
      sums,
      clipped,
      pooled,
      unpooled,
      biased,
    ];
    const all = [...written, p, v, w];
    const bits = all.map((array) => new Uint32Array(Float32Array.from(array).buffer));
    for (const array of all) heap.free(array.byteOffset);
    return bits;
  };
  return () => {
    const results = Array.from({ length: rounds }, once);
    team.close();
    return results;
  };
}

for (const channels of [16, 30]) {
  test(`${channels} channels: the same bits on 1, 2, 3 and 8 lanes`, async () => {
    const [expected] = outcomes(new Heap(), 1, channels, 1)();
    for (const lanes of [2, 3, 8]) {
      const run = outcomes(new Heap(), lanes, channels, 5);
      await pause(300); // the threads join when they are ready
      for (const found of run()) assert.deepEqual(found, expected);
    }
  });
}

type F = Float32Array<ArrayBufferLike>;
