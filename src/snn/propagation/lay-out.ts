/**
 * @file Synapses laid out in the heap, so that values go through them by SIMD and on several threads, with the bits of the plain loop.
 */
import { Arena } from '../../memory/arena.ts';
import { type Closeable, closeable } from '../../memory/closeable.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import type { ScaledSynapses } from '../geometry.ts';
import { holdsNegativeZero } from './interleave.ts';
import { BLOCK, IMAGES, type Pass, propagationProgram, type WeightPower } from './kernel.ts';
import { type Placed, place } from './place.ts';
import { runPass } from './run-pass.ts';

type Numbers = Float64Array | Float32Array;

/** Adds sum_j w_ij * values_j to into[i] for each image; values after pooling. */
export type Propagation<P extends Pass = WeightPower> = (
  values: readonly ArrayLike<number>[],
  into: readonly (P extends 'pixels' ? Float32Array : Float64Array)[],
  pass: P,
) => void;

/** A weight that is no number, or whose square is no float32, times 0 is NaN, where the plain loop adds nothing. */
const LARGEST = 2 ** 63;

/** Identities, groups, layers of few channels and weights beyond all measure are left to the plain loop. */
export const isFast = ({ kind, groups, out, weight }: ScaledSynapses): boolean =>
  kind === 'weights' && groups === 1 && out[2] >= BLOCK && weight.every((w) => Math.abs(w) <= LARGEST);

/** What was laid out; closing it gives the memory back. */
export interface LaidOut extends Closeable {
  readonly spikes: ReadonlyMap<ScaledSynapses, Propagation>;
  readonly pixels: ReadonlyMap<ScaledSynapses, Propagation<'pixels'>>;
}

/** The synapses that are fast, each with its propagation. */
export function layOutPropagations(
  all: Iterable<ScaledSynapses>,
  { heap, team }: { readonly heap: Heap; readonly team: Team },
): LaidOut {
  const arena = new Arena(heap, 2 ** 20);
  try {
    const program = propagationProgram(heap, team);
    const fast = [...new Set(all)]
      .filter(isFast)
      .map((synapses) => [synapses, place(synapses, arena)] as const);
    const spikes = fast.filter(([{ from }]) => from >= 0);
    const pixels = fast.filter(([{ from }]) => from < 0);
    return {
      spikes: new Map(spikes.map(([s, placed]) => [s, spikesThrough(placed, heap, team, program)])),
      pixels: new Map(pixels.map(([s, placed]) => [s, pixelsThrough(placed, heap, team, program)])),
      ...closeable(() => arena.close()),
    };
  } catch (error) {
    arena.close();
    throw error;
  }
}

/** Sums of -0 go alone, as the kernel asks. */
function spikesThrough(placed: Placed, heap: Heap, team: Team, program: Program): Propagation {
  return (values, into, power) => {
    const alone = into.map(holdsNegativeZero);
    inGroups(values, into, alone, (some, sums) => runPass(placed, heap, team, program, power, some, sums));
  };
}

function pixelsThrough(placed: Placed, heap: Heap, team: Team, program: Program): Propagation<'pixels'> {
  return (values, into, pass) =>
    inGroups(values, into, [], (some, sums) => runPass(placed, heap, team, program, pass, some, sums));
}

/** Hands on at most IMAGES images at once, and those of `alone` one by one. */
function inGroups<T extends Numbers>(
  values: readonly ArrayLike<number>[],
  into: readonly T[],
  alone: readonly boolean[],
  run: (values: readonly ArrayLike<number>[], into: readonly T[]) => void,
): void {
  const groups: number[][] = [[]];
  into.forEach((_, i) => {
    if (alone[i]) groups.unshift([i]);
    else if (groups.at(-1)!.length < IMAGES) groups.at(-1)!.push(i);
    else groups.push([i]);
  });
  for (const group of groups)
    if (group.length > 0)
      run(
        group.map((i) => values[i]!),
        group.map((i) => into[i]!),
      );
}
