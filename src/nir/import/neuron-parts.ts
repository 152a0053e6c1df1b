/**
 * @file Recognises neurons: an IF, or an integrator and the thresholds whose spikes come back to it as scaled currents.
 */
import { InputError } from '../../errors.ts';
import { justBelow } from '../next-float.ts';
import type { FlatGraph } from './flat-graph.ts';
import { spread } from './per-channel.ts';

/** What an IF means: NIR's own words, or those of tools whose IF takes the threshold off (sinabs). */
export type IfReset = 'zero' | 'subtract';

/** One threshold of a population of neurons. */
export interface Part {
  /** The node whose value is the spikes. */
  readonly node: number;
  /** +1: fires where u is above the numbers; -1: where -u is. */
  readonly sign: 1 | -1;
  /** Of each neuron, in the graph's order. */
  readonly threshold: ArrayLike<number>;
  /** What a spike adds to u. */
  readonly gain: ArrayLike<number>;
}

/** A population of neurons in a graph. */
export interface NeuronParts {
  /** The integrator or the IF: currents reach it, and it gives the population its name. */
  readonly membrane: number;
  /** Nodes whose sum is its current, in the order of the edges. */
  readonly currents: readonly number[];
  /** Times the current. */
  readonly r: ArrayLike<number>;
  readonly shape: readonly number[];
  /** Thresholds of positive spikes, rising, then those of negative ones. */
  readonly parts: readonly Part[];
  /** Where a hard reset puts u; null: the reset is soft. */
  readonly reset: ArrayLike<number> | null;
}

/** Places of nodes, for errors. */
export type PlaceOf = (node: number) => string;

/** An IF. */
export function integrateAndFire(graph: FlatGraph, at: number, place: string, meaning: IfReset): NeuronParts {
  const node = graph.nodes[at]!;
  if (node.type !== 'IF') throw new Error(`${place}: no IF`);
  const signal = { shape: node.r.shape };
  const threshold = spread(node.v_threshold, signal, `${place}: v_threshold`);
  const reset = node.v_reset ? spread(node.v_reset, signal, `${place}: v_reset`) : null;
  const all = (of: (i: number) => number): Float64Array =>
    Float64Array.from({ length: node.r.data.length }, (_, i) => of(i));
  const parts = (numbers: ArrayLike<number>, gain: ArrayLike<number>): readonly Part[] => [
    { node: at, sign: 1, threshold: numbers, gain },
  ];
  const shared = {
    membrane: at,
    currents: graph.sources[at]!,
    r: Float64Array.from(node.r.data),
    shape: node.r.shape,
  };
  if (meaning === 'zero')
    return {
      ...shared,
      parts: parts(
        threshold,
        all(() => 0),
      ),
      reset: reset ?? all(() => 0),
    };
  if (reset?.every((v) => v === 0) === false)
    throw new InputError(
      `${place}: expected v_reset 0 where IF is read as taking its threshold off, found another; read IF as resetting to v_reset`,
    );
  // these tools fire at the threshold and above
  const inclusive = all((i) => justBelow(threshold[i]!));
  return {
    ...shared,
    parts: parts(
      inclusive,
      all((i) => -threshold[i]!),
    ),
    reset: null,
  };
}

/**
 * The neuron that a cycle is: one integrator, thresholds behind it, scales on the ways there and back.
 * @param cycle the nodes that a spike can go round in
 * @throws InputError for a cycle that is more than a neuron
 */
export function neuronOfCycle(graph: FlatGraph, cycle: readonly number[], placeOf: PlaceOf): NeuronParts {
  const inCycle = new Set(cycle);
  const membrane = membraneOf(graph, cycle, placeOf);
  const node = graph.nodes[membrane]!;
  if (node.type !== 'I') throw new Error(`${placeOf(membrane)}: no I`);
  const r = Float64Array.from(node.r.data);
  const shape = node.r.shape;
  const single = (at: number): number => {
    const [source, ...more] = graph.sources[at]!;
    if (source !== undefined && more.length === 0) return source;
    throw new InputError(
      `${placeOf(at)}: expected one edge to a node within a neuron, found ${more.length + 1}; currents go to its integrator`,
    );
  };
  const numbers = (at: number): ArrayLike<number> => {
    const found = graph.nodes[at]!;
    if (found.type === 'Scale') return spread(found.scale, { shape }, placeOf(at));
    if (found.type === 'Threshold') return spread(found.threshold, { shape }, placeOf(at));
    return new Float64Array(r.length).fill(1);
  };
  /** +1 or -1: whether a threshold looks at u or at -u. */
  const signOf = (threshold: number): 1 | -1 => {
    let [at, sign] = [single(threshold), 1];
    while (at !== membrane) {
      const scale = numbers(at);
      const unit = scale[0]!;
      for (let i = 0; i < scale.length; i++)
        if (Math.abs(unit) !== 1 || scale[i] !== unit || graph.nodes[at]!.type === 'Threshold')
          throw new InputError(
            `${placeOf(at)}: expected 1 or -1 between an integrator and its threshold, found ${graph.nodes[at]!.type} ${scale[i]}; scale the threshold instead`,
          );
      sign *= unit;
      at = single(at);
    }
    return sign as 1 | -1;
  };

  const gains = new Map<number, Float64Array>();
  const currents: number[] = [];
  for (const source of graph.sources[membrane]!)
    collect(graph, source, inCycle, numbers, single, gains, currents);
  const parts = cycle
    .filter((at) => graph.nodes[at]!.type === 'Threshold')
    .map((at): Part => {
      const gain = gains.get(at) ?? new Float64Array(r.length);
      return { node: at, sign: signOf(at), threshold: numbers(at), gain: gain.map((g, i) => g * r[i]!) };
    });
  parts.sort((a, b) => b.sign - a.sign || a.threshold[0]! - b.threshold[0]! || a.node - b.node);
  for (const at of cycle) checkLeaves(graph, at, inCycle, placeOf);
  return { membrane, currents, r, shape, parts, reset: null };
}

function membraneOf(graph: FlatGraph, cycle: readonly number[], placeOf: PlaceOf): number {
  const integrators = cycle.filter((at) => graph.nodes[at]!.type === 'I');
  const other = cycle.find((at) => !['I', 'Threshold', 'Scale', 'Pass'].includes(graph.nodes[at]!.type));
  if (integrators.length === 1 && other === undefined) return integrators[0]!;
  const found = other === undefined ? `${integrators.length} integrators` : graph.nodes[other]!.type;
  throw new InputError(
    `${placeOf(other ?? cycle[0]!)}: stands in a cycle that is no neuron's own, with ${found}; strelu's networks have no recurrence but a neuron's reset, remove the edge that goes back`,
  );
}

/** Follows one of the integrator's sources back: to a threshold, with the scales on the way, or out of the cycle. */
function collect(
  graph: FlatGraph,
  source: number,
  inCycle: ReadonlySet<number>,
  numbers: (at: number) => ArrayLike<number>,
  single: (at: number) => number,
  gains: Map<number, Float64Array>,
  currents: number[],
): void {
  if (!inCycle.has(source)) {
    currents.push(source);
    return;
  }
  let at = source;
  let factor: Float64Array | null = null;
  while (graph.nodes[at]!.type !== 'Threshold') {
    if (graph.nodes[at]!.type === 'Pass') {
      // the input of a graph within, or a sum inside it
      if (!factor) {
        for (const next of graph.sources[at]!)
          collect(graph, next, inCycle, numbers, single, gains, currents);
        return;
      }
    } else {
      const scale = numbers(at);
      factor = factor ? factor.map((f, i) => f * scale[i]!) : Float64Array.from(scale);
    }
    at = single(at);
  }
  const gain: Float64Array = factor ?? Float64Array.from(numbers(at), () => 1);
  const before = gains.get(at);
  gains.set(at, before ? before.map((g, i) => g + gain[i]!) : gain);
}

/** Only spikes leave a neuron, and only currents of its integrator reach it. */
function checkLeaves(graph: FlatGraph, at: number, inCycle: ReadonlySet<number>, placeOf: PlaceOf): void {
  const { type } = graph.nodes[at]!;
  const leaving = graph.targets[at]!.find((target) => !inCycle.has(target));
  if (leaving === undefined || type === 'Threshold') return;
  throw new InputError(
    `${placeOf(at)}: only the spikes of a neuron may go on, found ${type} that leads to ${placeOf(leaving)}; take the value behind its threshold`,
  );
}
