/**
 * @file A chain of eight element-wise operations on a million numbers, and its gradient: traced into one kernel, and one by one.
 * jax-js compiles the chain too, TensorFlow.js cannot.
 */
import type { Operation, Value } from '../../src/kernels/elementwise/operation.ts';
import { Arena } from '../../src/memory/arena.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { Tensor } from '../../src/tensor/interfaces.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { interleave, local, speedup, typical } from '../interleave.ts';
import { peerSide } from '../peer.ts';
import type { Context } from './context.ts';
import type { Figure } from './figures.ts';
import { peerFigure } from './peer-figure.ts';

/** The same text for a tensor and for a traced value. */
const chain = <T extends Tensor | Value>(x: T): T =>
  (x as Value)
    .mul(0.5)
    .add(0.1)
    .tanh()
    .mul(x as Value)
    .exp()
    .add(1)
    .sqrt()
    .reciprocal() as T;

const CHAIN: Operation = { name: 'chain', formula: chain<Value> };

export async function elementwiseGroup({
  peers,
  pace,
  threads,
  quick,
  wants,
  log,
}: Context): Promise<Figure[]> {
  const count = quick ? 1000 : 1_000_000;
  const name = `chain of 8 operations on ${count} numbers`;
  if (!wants(name)) return [];
  log(name);
  const runtimes = threads.map((workers) => createRuntime({ workers }));
  const sides = runtimes.flatMap(({ kernels, heap }, i) => {
    const tape = new Tape(kernels, new Arena(heap));
    const step =
      (run: (x: Tensor) => Tensor, needsGradient = false) =>
      (): void => {
        const x = tape.tensor([count], needsGradient);
        x.data.set(input);
        const y = run(x);
        if (needsGradient) y.sum().backward();
        tape.reset();
      };
    const own = tape.tensor([count]);
    const input = Float32Array.from({ length: count }, (_, k) => Math.sin(1 + 12.9898 * k));
    own.data.set(input);
    const mark = tape.arena.mark();
    const only = (run: () => Tensor) => (): void => {
      run();
      tape.arena.release(mark);
    };
    return [
      local(
        `compiled ${threads[i]}`,
        only(() => own.apply(CHAIN)),
      ),
      local(
        `one by one ${threads[i]}`,
        only(() => chain<Tensor>(own)),
      ),
      local(
        `with gradient ${threads[i]}`,
        step((x) => chain(x), true),
      ),
    ];
  });
  const others = [await peers.jax(), await peers.tensorflow('cpu'), await peers.tensorflow('wasm')].filter(
    (peer) => peer !== null,
  );
  const times = await interleave(
    [...sides, ...others.map((peer) => peerSide(peer.name, peer, `chain:${count}`))],
    pace,
    peers.notes,
  );
  for (const peer of others) await peer.forget();
  for (const runtime of runtimes) runtime.close();
  const kinds = ['compiled', 'one by one', 'with gradient'] as const;
  return threads.flatMap((lanes) =>
    kinds.map((kind): Figure => {
      const side = `${kind} ${lanes}`;
      return {
        group: 'elementwise',
        name: `${name}, ${kind}`,
        threads: lanes,
        seconds: typical(times, side),
        ...(lanes > 1 && threads.includes(1) && { overOneThread: speedup(times, side, `${kind} 1`) }),
        peers:
          kind === 'with gradient'
            ? []
            : others
                .filter((peer) => times.has(peer.name))
                .map((peer) => peerFigure(times, side, peer.name, peer.name, 1)),
      };
    }),
  );
}
