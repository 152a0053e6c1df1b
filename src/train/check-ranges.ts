/**
 * @file What each training option may be by itself: a number out of its range, or a word that is none of its own, would train something
 * else than was meant, without a word.
 */
import { UsageError } from '../errors.ts';
import type { TrainOptions } from './options.ts';

/** Both ends included, unless the range is open there. */
interface Range {
  readonly low: number;
  readonly high?: number;
  /** True: above `low`, not at it. */
  readonly above?: true;
  /** True: below `high`, not at it. */
  readonly below?: true;
  readonly whole?: true;
}

const COUNT: Range = { low: 0, whole: true };
const FROM_ZERO: Range = { low: 0 };
const SHARE: Range = { low: 0, high: 1 };
const BELOW_ONE: Range = { low: 0, high: 1, below: true };

const RANGES = {
  epochs: { low: 1, whole: true },
  batchSize: { low: 1, whole: true },
  seed: { low: 0, high: 2 ** 32 - 1, whole: true },
  learningRate: FROM_ZERO,
  momentum: BELOW_ONE,
  weightDecay: FROM_ZERO,
  muonIterations: { low: 1, whole: true },
  normRate: FROM_ZERO,
  normDecay: FROM_ZERO,
  headRate: FROM_ZERO,
  headDecay: FROM_ZERO,
  firstBiasEpochs: FROM_ZERO,
  thetaRate: FROM_ZERO,
  thetaDecay: FROM_ZERO,
  thetaFrom: { low: 0, above: true },
  anneal: FROM_ZERO,
  warmup: FROM_ZERO,
  labelSmoothing: BELOW_ONE,
  continuousEpochs: COUNT,
  spikePenalty: FROM_ZERO,
  ema: BELOW_ONE,
  lookahead: COUNT,
  teacherWeight: SHARE,
  temperature: { low: 0, above: true },
} as const satisfies Partial<Record<keyof TrainOptions, Range>>;

const WORDS = {
  optimizer: ['sgd', 'adam', 'muon'],
  fall: ['cosine', 'linear'],
  muonOf: ['weights', 'convolutions'],
  spikeCode: ['half', 'rest'],
} as const satisfies { readonly [K in keyof TrainOptions]?: readonly TrainOptions[K][] };

/**
 * @throws UsageError naming the option, what was expected and what was found
 * @example
 * checkRanges({ ...TRAIN_DEFAULTS, epochs: 3 });
 */
export function checkRanges(options: TrainOptions): void {
  for (const [name, range] of Object.entries(RANGES) as [keyof typeof RANGES, Range][]) {
    const found = options[name];
    if (found === null && name === 'headDecay') continue;
    if (!isIn(range, found))
      throw new UsageError(`training: ${name}: expected ${inWords(range)}, found ${found}`);
  }
  for (const [name, words] of Object.entries(WORDS) as [keyof typeof WORDS, readonly string[]][])
    if (!words.includes(options[name]))
      throw new UsageError(`training: ${name}: expected one of ${words.join(', ')}, found ${options[name]}`);
}

function isIn({ low, high, above, below, whole }: Range, value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isInteger(value)))
    return false;
  if (above ? value <= low : value < low) return false;
  return high === undefined || (below ? value < high : value <= high);
}

function inWords({ low, high, above, below, whole }: Range): string {
  const from = above ? `above ${low}` : `of at least ${low}`;
  const to = high === undefined ? '' : below ? ` and below ${high}` : ` and at most ${high}`;
  return `a ${whole ? 'whole ' : ''}number ${from}${to}`;
}
