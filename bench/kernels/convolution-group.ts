/**
 * @file Each different convolution of VGG-16 and of the MNIST CNN, forward and both gradients, on one thread beside PyTorch.
 */
import { createSimdConv2d } from '../../src/kernels/conv2d/simd.ts';
import type { Conv2dShape } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { interleave, local, typical } from '../interleave.ts';
import { peerSide } from '../peer.ts';
import type { Context } from './context.ts';
import { CONVOLUTIONS } from './conv2d.ts';
import type { Figure } from './figures.ts';
import { peerFigure } from './peer-figure.ts';

export async function convolutionGroup(context: Context): Promise<Figure[]> {
  const rows: Figure[] = [];
  for (const [name, , shape] of context.quick ? [TINY] : CONVOLUTIONS) {
    const passes = ['forward', 'input gradient', 'weight gradient'].filter((pass) =>
      context.wants(`conv ${name} ${pass}`),
    );
    if (passes.length > 0) rows.push(...(await passesOf(context, name, shape, passes)));
  }
  return rows;
}

const TINY = [
  'tiny 4x4 4-8',
  1,
  {
    batch: 2,
    inHeight: 4,
    inWidth: 4,
    inChannels: 4,
    outHeight: 4,
    outWidth: 4,
    outChannels: 8,
    kernel: 3,
    stride: 1,
    padding: 1,
  },
] as const satisfies (typeof CONVOLUTIONS)[number];

async function passesOf(
  { peers, pace, log }: Context,
  name: string,
  s: Conv2dShape,
  passes: readonly string[],
): Promise<Figure[]> {
  const heap = new Heap();
  const kernels = createSimdConv2d(new Arena(heap), new LocalTeam(heap));
  const array = (length: number): Float32Array<ArrayBufferLike> =>
    heap.f32(heap.allocate(4 * length), length).fill(0.5);
  const x = array(s.batch * s.inHeight * s.inWidth * s.inChannels);
  const y = array(s.batch * s.outHeight * s.outWidth * s.outChannels);
  const w = array(s.kernel ** 2 * s.inChannels * s.outChannels);
  const [dx, dw, out] = [array(x.length), array(w.length), array(y.length)];
  const flops = 2 * s.batch * s.outHeight * s.outWidth * s.kernel ** 2 * s.inChannels * s.outChannels;
  const runs: Readonly<Record<string, readonly [peerPass: string, run: () => void]>> = {
    forward: ['forward', () => kernels.conv2d(x, w, null, null, out, s)],
    'input gradient': ['input', () => kernels.conv2dBackwardInput(y, w, dx, s)],
    'weight gradient': ['weights', () => kernels.conv2dBackwardWeights(x, y, dw, s)],
  };
  const rows: Figure[] = [];
  for (const pass of passes) {
    const full = `conv ${name} ${pass}`;
    log(full);
    const [peerPass, run] = runs[pass]!;
    const torch = await peers.torch(1);
    const what = ['conv', peerPass, s.batch, s.inHeight, s.kernel, s.inChannels, s.outChannels].join(':');
    const sides = [local('strelu', run), ...(torch ? [peerSide(torch.name, torch, what)] : [])];
    const times = await interleave(sides, pace, peers.notes);
    await torch?.forget();
    rows.push({
      group: 'convolution',
      name: full,
      threads: 1,
      seconds: typical(times, 'strelu'),
      gflops: flops / typical(times, 'strelu') / 1e9,
      peers: torch && times.has(torch.name) ? [peerFigure(times, 'strelu', torch.name, torch.name, 1)] : [],
    });
  }
  return rows;
}
