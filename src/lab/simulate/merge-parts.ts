/**
 * @file The parts of one large evaluation make its result, as if one process had run it: counts are added up as the whole numbers that
 * they are, and everything else follows from them by the same functions as ever.
 */
import { InputError } from '../../errors.ts';
import type { ByStep } from '../../report/by-step.ts';
import type { ResultKeys, StopComparison, WeightsComparison } from '../../report/result.ts';
import { joinActivity } from './join-portions.ts';
import { parseShard } from './shard.ts';
import { countedReport, type PartCounts, type RunCounts } from './simulation-report.ts';

/** What the result of a part has besides: all that the whole is made of. */
export interface Part extends PartCounts {
  /** K/N. */
  readonly shard: string;
  /** Its first image among all. */
  readonly first: number;
}

/** A result of `simulate` with --shard. */
export interface PartResult extends ResultKeys {
  readonly part: Part;
  readonly images: number;
  readonly seconds: number;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Counts as JSON holds them: lists of numbers. */
export function listedCounts({ costs, runs, readAfter }: PartCounts): PartCounts {
  const list = (_: string, value: unknown): unknown =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
  return JSON.parse(JSON.stringify({ costs, runs, readAfter }, list)) as PartCounts;
}

/**
 * @param parts of one evaluation, in any order
 * @param name what messages call it
 * @throws InputError when one is missing, or they are not of one evaluation
 */
export function mergeParts(parts: readonly PartResult[], name: string): ResultKeys {
  const inOrder = parts.toSorted((a, b) => a.part.first - b.part.first);
  checkParts(inOrder, name);
  const [first] = inOrder as [PartResult];
  const images = sum(inOrder, (part) => part.images);
  const { part, weights, stop, ann, ...result } = first;
  const runs = part.runs.map((_, r) => mergeRuns(inOrder.map((one) => one.part.runs[r]!)));
  const reference = first.snn?.reference;
  const right = (percent: (one: PartResult) => number): number => percentOf(inOrder, percent);
  return {
    ...result,
    config: { ...first.config, shard: null },
    seconds: sum(inOrder, (one) => one.seconds),
    ...countedReport({ ...part, runs }, reference === undefined ? null : { name: reference }),
    ...(weights && { weights: mergeWeights(inOrder, weights) }),
    ...(stop && { stop: mergeStops(inOrder, stop) }),
    ...(ann && { ann: { accuracy: right((one) => one.ann!.accuracy) } }),
    images,
  };
}

function checkParts(parts: readonly PartResult[], name: string): void {
  const refuse = (expected: string, found: string): never => {
    throw new InputError(
      `${name}: expected ${expected}, found ${found}; remove the parts and run them again`,
    );
  };
  const { of } = parseShard(parts[0]!.part.shard);
  if (parts.length !== of) refuse(`${of} parts`, `${parts.length}`);
  let next = 0;
  parts.forEach(({ part, images }, i) => {
    if (part.shard !== `${i + 1}/${of}` || part.first !== next)
      refuse(`part ${i + 1}/${of} from image ${next}`, `part ${part.shard} from image ${part.first}`);
    next += images;
    const same = ({ costs, readAfter, runs }: Part): string =>
      JSON.stringify([costs, readAfter, runs.map(({ steps }) => steps)]);
    if (same(part) !== same(parts[0]!.part)) refuse('parts of one network', 'another in one of them');
  });
}

function mergeRuns(runs: readonly RunCounts[]): RunCounts {
  const [first] = runs as [RunCounts];
  const images = sum(runs, (run) => run.images);
  const added = (values: (run: RunCounts) => readonly number[]): number[] =>
    values(first).map((_, t) => sum(runs, (run) => values(run)[t]!));
  const all = (values: (run: RunCounts) => ArrayLike<number>): Int32Array<ArrayBuffer> =>
    Int32Array.from(runs.flatMap((run) => Array.from(values(run))));
  return {
    ...first,
    images,
    layers: joinActivity(runs, images),
    imagesPerSecond: images / sum(runs, (run) => run.images / run.imagesPerSecond),
    right: added((run) => run.right),
    differing: first.differing && added((run) => run.differing!),
    ...(first.latency && { latency: all((run) => run.latency!) }),
    ...(first.stopped && { stopped: all((run) => run.stopped!) }),
  };
}

function mergeWeights(parts: readonly PartResult[], first: WeightsComparison): WeightsComparison {
  const steps = Object.keys(first.accuracy);
  const by = (value: (step: string) => number): ByStep =>
    Object.fromEntries(steps.map((step) => [step, value(step)]));
  const accuracy = by((step) => percentOf(parts, ({ weights }) => weights!.accuracy[Number(step)]!));
  const referenceAccuracy = by((step) =>
    percentOf(parts, ({ weights }) => weights!.referenceAccuracy[Number(step)]!),
  );
  return {
    ...first,
    accuracy,
    referenceAccuracy,
    lost: by((step) => referenceAccuracy[Number(step)]! - accuracy[Number(step)]!),
    mismatches: sum(parts, ({ weights }) => weights!.mismatches),
    mismatchesByStep: by((step) => sum(parts, ({ weights }) => weights!.mismatchesByStep[Number(step)]!)),
  };
}

function mergeStops(parts: readonly PartResult[], first: StopComparison): StopComparison {
  const images = sum(parts, (part) => part.images);
  return {
    ...first,
    // steps are whole, so their sum is
    meanSteps: sum(parts, ({ stop, images }) => Math.round(stop!.meanSteps * images)) / images,
    stoppedEarly: sum(parts, ({ stop }) => stop!.stoppedEarly),
    accuracy: percentOf(parts, ({ stop }) => stop!.accuracy),
    referenceAccuracy: percentOf(parts, ({ stop }) => stop!.referenceAccuracy),
    mismatches: sum(parts, ({ stop }) => stop!.mismatches),
  };
}

/** Percent of all images, from percents of those of each part: the images that are right are whole numbers. */
function percentOf(parts: readonly PartResult[], percent: (part: PartResult) => number): number {
  const right = sum(parts, (part) => Math.round((percent(part) * part.images) / 100));
  return (100 * right) / sum(parts, (part) => part.images);
}

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);
