/**
 * @file Synapses laid out in the heap, so that values go through them by SIMD and on several threads, with the bits of the plain loop.
 */
import { Arena } from '../../memory/arena.ts';
import { type Closeable, closeable } from '../../memory/closeable.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import { mapSize } from '../../nn/architecture.ts';
import { eachTap, type ScaledSynapses } from '../geometry.ts';
import { BLOCK, POSITIONS, propagationProgram, TAP_BYTES, type WeightPower } from './kernel.ts';

/** Adds sum_j w_ij * values_j to into[i]; values after pooling. */
export type Propagation = (values: ArrayLike<number>, into: Float64Array, power: WeightPower) => void;

/** Where synapses lie. */
interface Placed {
  readonly values: number;
  readonly weights: number;
  readonly taps: number;
  readonly starts: number;
  readonly into: number;
}

/** Identities, groups and layers of few channels are left to the plain loop. */
export const isFast = ({ kind, groups, out }: ScaledSynapses): boolean =>
  kind === 'weights' && groups === 1 && out[2] >= BLOCK / 2;

const paddedOf = ({ out }: ScaledSynapses): number => Math.ceil(out[2] / BLOCK) * BLOCK;

/**
 * The synapses that are fast, each with its propagation.
 * @returns what was laid out; closing it gives the memory back
 */
export function layOutPropagations(
  all: Iterable<ScaledSynapses>,
  { heap, team }: { readonly heap: Heap; readonly team: Team },
): Closeable & { readonly of: ReadonlyMap<ScaledSynapses, Propagation> } {
  const arena = new Arena(heap, 2 ** 20);
  try {
    const program = propagationProgram(heap, team);
    const fast = [...new Set(all)].filter(isFast);
    const of = new Map(fast.map((synapses) => [synapses, layOut(synapses, arena, team, program)]));
    return { of, ...closeable(() => arena.close()) };
  } catch (error) {
    arena.close();
    throw error;
  }
}

function layOut(synapses: ScaledSynapses, arena: Arena, team: Team, program: Program): Propagation {
  const { heap } = arena;
  const { map, out } = synapses;
  const [positions, channels, padded] = [out[0] * out[1], out[2], paddedOf(synapses)];
  const placed = place(synapses, arena);
  const blocks = padded / BLOCK;
  const tasks = blocks * Math.ceil(positions / POSITIONS);
  const words = [placed.starts, positions, 8 * map[2], 4 * padded, placed.into, blocks];
  return (values, into, power) => {
    heap.f64(placed.values, mapSize(map)).set(values);
    const sums = heap.f64(placed.into, positions * padded);
    for (let p = 0; p < positions; p++) sums.set(into.subarray(p * channels, (p + 1) * channels), p * padded);
    team.run(program, power, tasks, words);
    for (let p = 0; p < positions; p++)
      into.set(sums.subarray(p * padded, p * padded + channels), p * channels);
  };
}

/** Allocates first, and writes when the heap grows no more. */
function place(synapses: ScaledSynapses, arena: Arena): Placed {
  const { heap } = arena;
  const { map, out, weight } = synapses;
  const [channels, padded] = [out[2], paddedOf(synapses)];
  const [rows, positions] = [weight.length / channels, out[0] * out[1]];
  const visits: (readonly [position: number, row: number])[][] = [];
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      const taps: (readonly [number, number])[] = [];
      eachTap(synapses, y, x, (position, row) => taps.push([position, row / channels]));
      visits.push(taps);
    }
  const count = visits.reduce((sum, taps) => sum + taps.length, 0);
  const placed = {
    values: arena.allocate(8 * mapSize(map)),
    weights: arena.allocate(4 * rows * padded),
    taps: arena.allocate(TAP_BYTES * count),
    starts: arena.allocate(4 * (positions + 1)),
    into: arena.allocate(8 * positions * padded),
  };
  const weights = heap.f32(placed.weights, rows * padded).fill(0);
  for (let row = 0; row < rows; row++)
    weights.set(weight.subarray(row * channels, (row + 1) * channels), row * padded);
  heap.f64(placed.into, positions * padded).fill(0);
  const [taps, starts] = [heap.i32(placed.taps, 2 * count), heap.i32(placed.starts, positions + 1)];
  let next = 0;
  visits.forEach((one, p) => {
    starts[p] = placed.taps + TAP_BYTES * next;
    for (const [position, row] of one) {
      taps[2 * next] = placed.values + 8 * position * map[2];
      taps[2 * next++ + 1] = placed.weights + 4 * row * padded;
    }
  });
  starts[positions] = placed.taps + TAP_BYTES * next;
  return placed;
}
