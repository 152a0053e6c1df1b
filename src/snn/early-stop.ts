/**
 * @file When an image may stop before step T: when no remaining spike can change its class (certain), or when the
 * leading class is ahead by a margin (a heuristic, which may be wrong).
 */
import { argmax } from '../nn/argmax.ts';
import { type ScaledSynapses, scaledSynapses } from './geometry.ts';
import type { SpikingNetwork } from './network.ts';

/** certain: the class cannot change any more. margin: the mean current of the leading class is ahead by more than `margin`. */
export type StopRule = { readonly rule: 'certain' } | { readonly rule: 'margin'; readonly margin: number };

/** Whether an image may stop after t steps; sums: [classes], the readout currents added up over these steps. */
export type Stop = (sums: Float64Array, t: number) => boolean;

/** Above this many multiplications the bound for a pair of classes is taken from single classes: looser, but still certain. */
const PAIRWISE_WORK = 1e8;
/** Twice the relative error of one float32 rounding. */
const ROUNDING = 2 ** -23;

/**
 * Makes the rule that is asked after every step.
 * @param steps T
 */
export function stopWhen(network: SpikingNetwork, steps: number, stop: StopRule): Stop {
  if (stop.rule === 'margin') {
    return (sums, t) => {
      const leader = argmax(sums);
      return sums.every((sum, c) => c === leader || isFiniteAbove((sums[leader]! - sum) / t, stop.margin));
    };
  }
  const { classes } = network;
  const worst = worstStep(network);
  return (sums, t) => {
    const leader = argmax(sums);
    for (let c = 0; c < classes; c++) {
      const lead = sums[leader]! - sums[c]! + (steps - t) * worst(leader, c);
      if (c !== leader && !isFiniteAbove(lead, 0)) return false;
    }
    return true;
  };
}

/** An infinite lead is the overflow of a network, and nothing is certain of it. */
const isFiniteAbove = (lead: number, least: number): boolean => Number.isFinite(lead) && lead > least;

/** Returns (k, c) -> a lower bound of one step's current of class k minus that of class c. */
function worstStep(network: SpikingNetwork): (k: number, c: number) => number {
  const { classes } = network;
  const { lowest, highest } = network.neuron.range;
  const layer = network.layers.at(-1)!;
  if (layer.inputs.some(({ from }) => from < 0)) return () => Number.NEGATIVE_INFINITY; // its constant current differs from image to image
  const groups = layer.inputs.map((synapses) => scaledSynapses(network, layer, synapses));
  const unit = (k: number): number => layer.scale?.[k] ?? 1;
  const rows = groups.reduce((sum, { weight }) => sum + weight.length / classes, 0);
  const size = Float64Array.from(
    { length: classes },
    (_, k) => groups.reduce((sum, g) => sum + sizeOf(g, k, classes), 0) * highest * unit(k),
  );
  const pairwise = classes * classes * rows <= PAIRWISE_WORK;
  const known = new Map<number, number>();
  return (k, c) => {
    const key = k * classes + c;
    const before = known.get(key);
    if (before !== undefined) return before;
    const slack =
      (rows * highest + 2) *
      ROUNDING *
      (size[k]! + size[c]! + Math.abs(layer.bias[k]! * unit(k)) + Math.abs(layer.bias[c]! * unit(c)));
    let least = layer.bias[k]! * unit(k) - layer.bias[c]! * unit(c) - slack;
    if (!pairwise) least -= size[k]! + size[c]!;
    else for (const group of groups) least += leastOf(group, k, c, classes, unit, lowest, highest);
    known.set(key, least);
    return least;
  };
}

/** The sum of abs(w) of class k over all spikes that can arrive in one step. */
function sizeOf({ kind, weight, poolSize }: ScaledSynapses, k: number, classes: number): number {
  if (kind === 'identity') return Math.abs(weight[k]!) * poolSize;
  let sum = 0;
  for (let i = k; i < weight.length; i += classes) sum += Math.abs(weight[i]!);
  return sum * poolSize;
}

/** The smallest sum of (w_k - w_c) s that spikes s in {lowest, ..., highest} can give. */
function leastOf(
  group: ScaledSynapses,
  k: number,
  c: number,
  classes: number,
  unit: (k: number) => number,
  lowest: number,
  highest: number,
): number {
  const { kind, weight, poolSize, groups } = group;
  const least = (difference: number): number => Math.min(0, difference * highest, difference * lowest);
  let sum = 0;
  const apart = Math.floor((k * groups) / classes) !== Math.floor((c * groups) / classes);
  if (kind === 'identity') sum = least(weight[k]! * unit(k)) + least(-weight[c]! * unit(c));
  else if (apart)
    // classes of two groups read different spikes
    for (let i = 0; i < weight.length; i += classes)
      sum += least(weight[i + k]! * unit(k)) + least(-weight[i + c]! * unit(c));
  else
    for (let i = 0; i < weight.length; i += classes)
      sum += least(weight[i + k]! * unit(k) - weight[i + c]! * unit(c));
  return sum * poolSize;
}
