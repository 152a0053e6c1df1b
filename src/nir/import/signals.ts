/**
 * @file What travels along the edges of a graph, seen from strelu: spikes on their way to weights, currents on their way to neurons,
 * and numbers that never change. All of it is linear in the spikes, so a sum of signals is a signal.
 */
import { InputError } from '../../errors.ts';
import { channelsFirst } from '../../format/channels-first.ts';
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import type { Border, Pair } from '../../nn/map-window.ts';

/** The spikes of one threshold of one population of neurons, or the image. */
export interface Term {
  /** Number of the population; -1 is the image. */
  readonly from: number;
  /** Which of its thresholds. */
  readonly part: number;
  /** Summed over windows; null: not at all. */
  readonly pool: PoolPairs | null;
  /** `[channels]`: times this. */
  readonly factor: Float64Array;
}

/** Windows of a pool. */
export interface PoolPairs {
  readonly window: Pair;
  readonly stride: Pair;
  readonly padding: Border;
}

/** Weights that spikes go through; numbers are those that a spike adds. */
export interface Summand {
  readonly kind: 'conv2d' | 'linear' | 'identity';
  readonly from: number;
  readonly pool: PoolPairs | null;
  /** conv2d: [kernelHeight, kernelWidth, in / groups, out]; linear: [in, out]; identity: [channels]. */
  readonly weight: Float64Array<ArrayBuffer>;
  /** conv2d only. */
  readonly moves?: ConvolutionMoves;
}

/** How a kernel moves over its map. */
export interface ConvolutionMoves {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Border;
  readonly dilation: Pair;
  readonly groups: number;
}

interface Shaped {
  /** The shape in the graph. Its values are those of `map` in the order channel, row, column. */
  readonly shape: readonly number[];
  readonly map: MapShape;
}

export interface Spikes extends Shaped {
  readonly kind: 'spikes';
  readonly terms: readonly Term[];
}

export interface Current extends Shaped {
  readonly kind: 'current';
  readonly summands: readonly Summand[];
  /** [height, width, channels]. */
  readonly bias: Float64Array;
}

export interface Constant extends Shaped {
  readonly kind: 'constant';
  /** In the graph's order. */
  readonly values: Float64Array;
}

export type Signal = Spikes | Current | Constant;

/** The thresholds of a population: +1 for those that send positive spikes, -1 for the negative ones. */
export type PartsOf = (from: number) => readonly number[];

/**
 * The sum of all that reaches a node.
 * @param place the node, for errors
 */
export function sum(signals: readonly Signal[], place: string, partsOf: PartsOf): Signal {
  const [first, ...more] = signals;
  if (!first)
    throw new InputError(
      `${place}: nothing leads to it, expected an edge from another node; remove it or connect it`,
    );
  const other = more.find(({ shape }) => shape.join() !== first.shape.join());
  if (other)
    throw new InputError(
      `${place}: expected values of one shape, found ${first.shape.join('x')} and ${other.shape.join('x')}; correct the graph`,
    );
  if (more.length === 0) return first;
  const { shape, map } = first;
  if (signals.every((one) => one.kind === 'spikes'))
    return { kind: 'spikes', shape, map, terms: signals.flatMap(({ terms }) => terms) };
  if (signals.every((one) => one.kind === 'constant'))
    return {
      kind: 'constant',
      shape,
      map,
      values: first.kind === 'constant' ? first.values.map((_, i) => added(signals, i)) : new Float64Array(0),
    };
  const currents = signals.map((one) => asCurrent(one, place, partsOf));
  return {
    kind: 'current',
    shape,
    map,
    summands: currents.flatMap(({ summands }) => summands),
    bias: currents[0]!.bias.map((_, i) => currents.reduce((total, { bias }) => total + bias[i]!, 0)),
  };
}

const added = (signals: readonly Constant[], i: number): number =>
  signals.reduce((total, { values }) => total + values[i]!, 0);

/** A signal as what neurons receive: spikes without weights are an identity, constants a bias. */
export function asCurrent(signal: Signal, place: string, partsOf: PartsOf): Current {
  const { shape, map } = signal;
  const bias = new Float64Array(mapSize(map));
  switch (signal.kind) {
    case 'current':
      return signal;
    case 'constant': {
      const at = channelsFirst(map);
      return { kind: 'current', shape, map, summands: [], bias: bias.map((_, i) => signal.values[at[i]!]!) };
    }
    case 'spikes': {
      const summands = wholeSpikes(signal.terms, place, partsOf).map(
        ({ from, pool, factor }): Summand => ({
          kind: 'identity',
          from,
          pool,
          weight: Float64Array.from(factor),
        }),
      );
      return { kind: 'current', shape, map, summands, bias };
    }
  }
}

/**
 * The thresholds of each population together, as strelu's neurons have them: all positive spikes count alike, and the negative ones
 * as their opposites.
 */
export function wholeSpikes(terms: readonly Term[], place: string, partsOf: PartsOf): Omit<Term, 'part'>[] {
  const groups = new Map<string, Term[]>();
  for (const term of terms) {
    const key = `${term.from} ${JSON.stringify(term.pool)}`;
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  return [...groups.values()].map((group) => {
    const { from, pool, factor: like } = group[0]!;
    const signs = partsOf(from);
    const factors = signs.map((_, part) =>
      group
        .filter((one) => one.part === part)
        .reduce((total, { factor }) => total.map((f, c) => f + factor[c]!), new Float64Array(like.length)),
    );
    const factor = factors[0]!.map((f) => f * signs[0]!);
    const alike = factors.every((one, part) => one.every((f, c) => f === factor[c]! * signs[part]!));
    if (alike) return { from, pool, factor };
    throw new InputError(
      `${place}: the positive and the negative spikes of a neuron arrive with different weights, expected opposite ones; add the two before the weights`,
    );
  });
}
