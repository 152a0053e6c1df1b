/**
 * @file Square matrix products on one thread: share of the machine's ceiling, PyTorch and jax-js beside.
 */
import { createSimdGemm } from '../../src/kernels/gemm/simd.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { interleave, local, speedup, typical } from '../interleave.ts';
import { peerSide } from '../peer.ts';
import { ceilingCase } from './ceiling.ts';
import type { Context } from './context.ts';
import type { Figure } from './figures.ts';
import { peerFigure } from './peer-figure.ts';

export interface GemmFigures {
  readonly rows: readonly Figure[];
  /** GFLOP/s, the best of the cases' medians. */
  readonly ceiling: number | null;
}

export async function gemmGroup({ peers, pace, quick, wants, log }: Context): Promise<GemmFigures> {
  const rows: Figure[] = [];
  const ceiling = ceilingCase();
  let top: number | null = null;
  for (const n of quick ? [32] : [512, 1024, 2048]) {
    const name = `gemm ${n}`;
    if (!wants(name)) continue;
    log(name);
    const heap = new Heap();
    const gemm = createSimdGemm(new Arena(heap), new LocalTeam(heap));
    const [a, b, c] = [0.5, 0.25, 0].map((value) => heap.f32(heap.allocate(4 * n * n), n * n).fill(value));
    const shape = { m: n, n, k: n, transposeA: false, transposeB: false };
    const others = [await peers.torch(1), await peers.jax()].filter((peer) => peer !== null);
    const sides = [
      local('strelu', () => gemm(a!, b!, c!, shape)),
      local('ceiling', ceiling.run),
      ...others.map((peer) => peerSide(peer.name, peer, `gemm:${n}`)),
    ];
    const times = await interleave(sides, pace, peers.notes);
    for (const peer of others) await peer.forget();
    const flops = 2 * n ** 3;
    top = Math.max(top ?? 0, ceiling.flops / typical(times, 'ceiling') / 1e9);
    rows.push({
      group: 'gemm',
      name,
      threads: 1,
      seconds: typical(times, 'strelu'),
      gflops: flops / typical(times, 'strelu') / 1e9,
      shareOfCeiling: (speedup(times, 'strelu', 'ceiling') * flops) / ceiling.flops,
      peers: others
        .filter(({ name }) => times.has(name))
        .map(({ name: peer }) => peerFigure(times, 'strelu', peer, peer, 1)),
    });
  }
  return { rows, ceiling: top };
}
