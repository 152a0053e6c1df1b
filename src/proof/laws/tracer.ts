/** @file Neurons followed as follow.ts does, by SIMD on the threads of a team: some of an image at a time are copied into the heap. */
import { Arena } from '../../memory/arena.ts';
import { type Closeable, closeable } from '../../memory/closeable.ts';
import type { Runtime } from '../../runtime.ts';
import type { Follow, Followed, Recorded } from './follow.ts';
import { ENTRY, FOUND, GIVEN, NEURONS_OF_TASK, traceProgram } from './trace-kernel.ts';

/** Neuron-steps that are in the heap at once: from a few steps on they stay in the cache. */
const HELD = 2 ** 17;

/** Close it in the end: what it needs of the heap it keeps. */
export interface Tracer extends Closeable {
  readonly follow: Follow;
}

/** Follows neurons with the bits of the plain loop. */
export function openTracer({ heap, team }: Pick<Runtime, 'heap' | 'team'>): Tracer {
  const arena = new Arena(heap, 2 ** 20);
  const program = traceProgram(heap, team);

  /** Neurons from..end-1; returns how many of their steps had abs(I) > theta. */
  function followSome(trace: Followed, recorded: Recorded, phi: number, from: number, end: number): number {
    const { spikes, membrane, currents, first, steps } = recorded;
    const total = trace.theta.length;
    const [own, neurons] = [end - from, 2 * Math.ceil((end - from) / 2)];
    arena.reset();
    const place = (bytes: number): number => arena.allocate(bytes);
    const at = {
      ...{ currents: place(4 * neurons * steps), membrane: place(4 * neurons * steps) },
      ...{ spikes: place(neurons * steps), phi: place(8), counts: place(4 * neurons) },
      numbers: place(8 * neurons * (GIVEN.length + FOUND.length)),
    };
    const row = (k: number): Float64Array => heap.f64(at.numbers + 8 * neurons * k, own);
    const [hereCurrents, hereMembrane] = [at.currents, at.membrane].map((p) =>
      heap.f32(p, neurons * steps),
    ) as [Float32Array, Float32Array];
    const hereSpikes = heap.u8(at.spikes, neurons * steps);
    for (let t = 0; t < steps; t++) {
      const there = first + t * total;
      hereCurrents.set(currents.subarray(there + from, there + end), t * neurons);
      hereMembrane.set(membrane.subarray(there + from, there + end), t * neurons);
      hereSpikes.set(spikes.subarray(there + from, there + end), t * neurons);
    }
    heap.f64(at.phi, 1)[0] = phi;
    GIVEN.forEach((name, k) => {
      row(k).set(trace[name].subarray(from, end));
    });
    const args = [neurons, steps, Number(trace.accumulated), at.currents, at.membrane, at.spikes];
    team.run(program, ENTRY, Math.ceil(neurons / NEURONS_OF_TASK), [...args, at.phi, at.numbers, at.counts]);
    trace.counts.set(heap.i32(at.counts, own), from);
    let overloads = 0;
    FOUND.forEach((name, k) => {
      const found = row(GIVEN.length + k);
      if (name === 'overloads') overloads = found.reduce((sum, one) => sum + one, 0);
      else trace[name].set(found, from);
    });
    return overloads;
  }

  return {
    follow(trace, recorded, phi) {
      const neurons = trace.theta.length;
      const together = Math.max(2, 2 * Math.floor(HELD / recorded.steps / 2));
      let overloads = 0;
      for (let from = 0; from < neurons; from += together)
        overloads += followSome(trace, recorded, phi, from, Math.min(neurons, from + together));
      return overloads;
    },
    ...closeable(() => arena.close()),
  };
}
