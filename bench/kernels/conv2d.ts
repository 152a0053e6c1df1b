/** @file The convolutions of VGG-16 (3x32x32, batch 32) and of the MNIST CNN (batch 64): forward and both gradients. */
import { createSimdConv2d } from '../../src/kernels/conv2d/simd.ts';
import type { Conv2dShape } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/memory/arena.ts';
import type { Heap } from '../../src/memory/heap.ts';
import type { Team } from '../../src/memory/team.ts';
import type { Case } from './case.ts';

const same = (batch: number, map: number, kernel: number, ins: number, outs: number): Conv2dShape => ({
  batch,
  inHeight: map,
  inWidth: map,
  inChannels: ins,
  outHeight: map,
  outWidth: map,
  outChannels: outs,
  kernel,
  stride: 1,
  padding: (kernel - 1) / 2,
});

/** The different convolutions, and how often the network has each. */
export const CONVOLUTIONS: readonly (readonly [name: string, count: number, shape: Conv2dShape])[] = [
  ['vgg 32x32 3-64', 1, same(32, 32, 3, 3, 64)],
  ['vgg 32x32 64-64', 1, same(32, 32, 3, 64, 64)],
  ['vgg 16x16 64-128', 1, same(32, 16, 3, 64, 128)],
  ['vgg 16x16 128-128', 1, same(32, 16, 3, 128, 128)],
  ['vgg 8x8 128-256', 1, same(32, 8, 3, 128, 256)],
  ['vgg 8x8 256-256', 2, same(32, 8, 3, 256, 256)],
  ['vgg 4x4 256-512', 1, same(32, 4, 3, 256, 512)],
  ['vgg 4x4 512-512', 2, same(32, 4, 3, 512, 512)],
  ['vgg 2x2 512-512', 3, same(32, 2, 3, 512, 512)],
  ['cnn 28x28 1-32', 1, same(64, 28, 5, 1, 32)],
  ['cnn 14x14 32-64', 1, same(64, 14, 5, 32, 64)],
];

export function conv2dCases(heap: Heap, team: Team): Case[] {
  const kernels = createSimdConv2d(new Arena(heap), team);
  return CONVOLUTIONS.flatMap(([name, , s]) => {
    const array = (length: number) => heap.f32(heap.allocate(4 * length), length).fill(0.5);
    const x = array(s.batch * s.inHeight * s.inWidth * s.inChannels);
    const y = array(s.batch * s.outHeight * s.outWidth * s.outChannels);
    const w = array(s.kernel ** 2 * s.inChannels * s.outChannels);
    const flops = 2 * s.batch * s.outHeight * s.outWidth * s.kernel ** 2 * s.inChannels * s.outChannels;
    return [
      { name: `${name} forward`, flops, run: () => kernels.conv2d(x, w, null, null, y, s) },
      { name: `${name} input gradient`, flops, run: () => kernels.conv2dBackwardInput(y, w, x, s) },
      { name: `${name} weight gradient`, flops, run: () => kernels.conv2dBackwardWeights(x, y, w, s) },
    ];
  });
}
