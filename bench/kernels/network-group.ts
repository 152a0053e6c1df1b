/**
 * @file Whole training and inference steps. All thread counts and all peers of a case share the same rounds, so the
 * second thread's gain comes from the same minutes as the ratios.
 */
import { createRuntime } from '../../src/runtime.ts';
import { interleave, local, type Side, speedup, typical } from '../interleave.ts';
import { type Peer, peerSide } from '../peer.ts';
import type { Context } from './context.ts';
import type { Figure } from './figures.ts';
import { networkStep } from './network-step.ts';
import { architectureOf, NETWORKS, type NetworkCase, TINY_NETWORKS } from './networks.ts';
import { peerFigure } from './peer-figure.ts';

export async function networkGroup(context: Context): Promise<Figure[]> {
  const rows: Figure[] = [];
  for (const network of context.quick ? TINY_NETWORKS : NETWORKS) {
    for (const kind of ['train', 'infer'] as const) {
      const name = `${network.title} ${kind === 'train' ? 'training' : 'inference'}, batch ${network.batch}`;
      if (context.wants(name)) rows.push(...(await stepFigures(context, network, kind, name)));
    }
  }
  return rows;
}

async function stepFigures(
  context: Context,
  network: NetworkCase,
  kind: 'train' | 'infer',
  name: string,
): Promise<Figure[]> {
  context.log(name);
  const { key, batch } = network;
  const threads = network.against === 'javascript' ? [1] : context.threads;
  const runtimes = threads.map((workers) => createRuntime({ workers }));
  const steps = runtimes.map((runtime) => networkStep(runtime, architectureOf(network), batch));
  const rivals: { readonly id: string; readonly peer: Peer; readonly threads: number }[] = [];
  const sides: Side[] = [];
  for (const [i, count] of threads.entries()) {
    sides.push(local(`strelu ${count}`, () => void steps[i]![kind]()));
    for (const peer of await rivalsOf(context, network, count)) {
      const id = `${peer.name} ${count}`;
      rivals.push({ id, peer, threads: count });
      sides.push(peerSide(id, peer, `${kind}:${key}:${batch}`));
    }
  }
  const times = await interleave(sides, context.pace, context.peers.notes);
  for (const { peer } of rivals) await peer.forget();
  for (const step of steps) step.dispose();
  for (const runtime of runtimes) runtime.close();
  return threads.map((count): Figure => {
    const own = `strelu ${count}`;
    const peers = rivals
      .filter((rival) => rival.threads === count && times.has(rival.id))
      .map(({ id, peer }) => peerFigure(times, own, id, peer.name, count));
    return {
      group: 'network',
      name,
      threads: count,
      seconds: typical(times, own),
      imagesPerSecond: batch / typical(times, own),
      ...(count > 1 && threads.includes(1) && { overOneThread: speedup(times, own, 'strelu 1') }),
      peers,
    };
  });
}

/** The quick networks are of no interest to peers. */
async function rivalsOf(
  { peers, quick }: Context,
  { against }: NetworkCase,
  threads: number,
): Promise<Peer[]> {
  if (quick) return [];
  const found =
    against === 'pytorch' ? [await peers.torch(threads)] : [await peers.jax(), await peers.tensorflow()];
  return found.filter((peer) => peer !== null);
}
