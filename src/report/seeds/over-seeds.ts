/**
 * @file A comparison repeated with several seeds, as plain data: what each contender came to with each, and what that says of the
 * claims. Every list is seed by seed.
 */
import { type Claim, claimsOf, type Verdict } from '../claims.ts';
import type { Comparison, ContenderResult } from '../comparison.ts';
import { paired } from '../mcnemar.ts';
import { unpackRight } from '../right-answers.ts';
import { energyRatio } from '../simulation-report.ts';
import { type SpareAnns, spareAnns } from '../spare-anns.ts';
import { TOLERANCES } from '../steps-needed.ts';

/** A comparison, and the seed of everything random in it. */
export interface SeedComparison {
  readonly seed: number;
  readonly comparison: Comparison;
}

type BySeed<T> = readonly T[];

/** Over seeds. */
export const mean = (values: BySeed<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export interface ContenderOverSeeds {
  readonly id: string;
  readonly title: string;
  readonly ours: boolean;
  /** Percent. */
  readonly ann: BySeed<number>;
  /** T -> percent. */
  readonly accuracy: Readonly<Record<string, BySeed<number>>>;
  /** Points -> the T from which on it is within so many of its own ANN; null: not reached. */
  readonly needed: Readonly<Record<string, BySeed<number | null>>>;
  /** Points -> spikes per neuron at the T needed; null: not reached. */
  readonly spikesPerNeuron: Readonly<Record<string, BySeed<number | null>>>;
  /** Points -> energy over the ANN's at the T needed; null: not reached, or no figure. */
  readonly energyRatio: Readonly<Record<string, BySeed<number | null>>>;
  /** SNN / ANN at the T within 0.5 points; null: not reached. Absent where no seed comes there. */
  readonly spare?: BySeed<SpareAnns | null>;
  /** Exact modes: T -> mean number of steps until the answer of T stands. */
  readonly latency?: Readonly<Record<string, BySeed<number>>>;
  /** T -> images of all seeds that only the reference, and that only this contender, puts into their class; absent of the reference. */
  readonly pairs?: Readonly<Record<string, Pair>>;
}

export interface Pair {
  readonly onlyReference: number;
  readonly onlyIt: number;
}

export interface ClaimOverSeeds {
  readonly id: Claim['id'];
  readonly says: string;
  readonly verdict: Verdict;
  readonly bySeed: BySeed<Verdict>;
}

export interface OverSeeds {
  readonly seeds: readonly number[];
  readonly dataset: string;
  readonly model: string;
  /** Test images of each seed. */
  readonly images: number;
  readonly steps: readonly number[];
  /** Id of the reference. */
  readonly baseline: string;
  readonly contenders: readonly ContenderOverSeeds[];
  readonly claims: readonly ClaimOverSeeds[];
}

/** @param runs of the same contenders, steps and number of images; at least one */
export function overSeeds(runs: readonly SeedComparison[]): OverSeeds {
  const comparisons = runs.map(({ comparison }) => comparison);
  const first = comparisons[0]!;
  const claims = comparisons.map(claimsOf);
  return {
    seeds: runs.map(({ seed }) => seed),
    ...{ dataset: first.dataset, model: first.model, images: first.images, steps: first.steps },
    baseline: first.baseline,
    contenders: first.contenders.map((contender) => contenderOver(comparisons, contender.id)),
    claims: claims[0]!.map(({ id, says }, i) => {
      const bySeed = claims.map((of) => of[i]!.verdict);
      return { id, says, verdict: verdictOver(bySeed), bySeed };
    }),
  };
}

/**
 * The verdict over seeds: confirmed where it is with every seed; not confirmed where no seed confirms even a part, not decided where
 * none decides; else partly.
 * @example
 * verdictOver(['confirmed', 'not confirmed']); // 'partly confirmed'
 */
export function verdictOver(bySeed: readonly Verdict[]): Verdict {
  const all = (verdict: Verdict): boolean => bySeed.every((one) => one === verdict);
  if (all('confirmed')) return 'confirmed';
  if (all('not decided')) return 'not decided';
  return bySeed.some((one) => one === 'confirmed' || one === 'partly confirmed')
    ? 'partly confirmed'
    : 'not confirmed';
}

function contenderOver(comparisons: readonly Comparison[], id: string): ContenderOverSeeds {
  const { steps, baseline } = comparisons[0]!;
  const results = comparisons.map(({ contenders }) => named(contenders, id));
  const { title, ours, latency } = results[0]!;
  const byStep = <T>(of: (result: ContenderResult, t: number) => T): Record<string, T[]> =>
    Object.fromEntries(steps.map((t) => [t, results.map((result) => of(result, t))]));
  const byPoints = <T>(of: (result: ContenderResult, t: number) => T | null): Record<string, (T | null)[]> =>
    Object.fromEntries(
      TOLERANCES.map((points) => [
        points,
        results.map((result) => {
          const t = result.needed.own[points] ?? null;
          return t === null ? null : of(result, t);
        }),
      ]),
    );
  const pairs = id === baseline ? null : pairsOver(comparisons, id);
  return {
    ...{ id, title, ours, ann: results.map(({ annAccuracy }) => annAccuracy) },
    accuracy: byStep(({ accuracy }, t) => accuracy[t]!),
    needed: byPoints((_, t) => t),
    spikesPerNeuron: byPoints(({ spikesPerNeuron }, t) => spikesPerNeuron[t]!),
    energyRatio: byPoints(({ energy }, t) => energyRatio(energy, t)),
    ...(results.some(({ zeros }) => zeros) && { spare: results.map(spareAnns) }),
    ...(latency && { latency: byStep((result, t) => result.latency![t]!) }),
    ...(pairs && { pairs }),
  };
}

/** Each seed's two networks image by image, summed over the seeds; null where the answers are not known image by image. */
function pairsOver(comparisons: readonly Comparison[], id: string): Record<string, Pair> | null {
  const { steps } = comparisons[0]!;
  const sums = Object.fromEntries(steps.map((t) => [t, { onlyReference: 0, onlyIt: 0 }]));
  for (const { contenders, baseline, images } of comparisons) {
    const both = [named(contenders, baseline), named(contenders, id)] as const;
    if (!both.every(({ right }) => right)) return null;
    const same = new Uint8Array(images).fill(1);
    for (const t of steps) {
      const [own, its] = both.map(({ right }) => unpackRight(right![t] ?? '', images));
      const { onlyFirst, onlySecond } = paired(own!, its!, same);
      sums[t]!.onlyReference += onlyFirst;
      sums[t]!.onlyIt += onlySecond;
    }
  }
  return sums;
}

const named = (contenders: readonly ContenderResult[], id: string): ContenderResult =>
  contenders.find((contender) => contender.id === id)!;
