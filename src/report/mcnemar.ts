/**
 * @file Two networks on the same images: whether one is better is asked of the images that they answer differently
 * (Q. McNemar, Psychometrika 12, 1947), by the exact binomial test.
 */
import { InputError } from '../errors.ts';

/** Two answers to each of some images, compared. */
export interface Paired {
  /** Images that only the first, and that only the second, puts into their class. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided: the probability of a difference as large, if on images of either kind both were equally likely to be right. */
  readonly p: number;
}

/** Sentences say better below this. */
export const SIGNIFICANT = 0.05;

/**
 * @param first the classes that the first gives, and so on
 * @param labels the true ones
 * @throws InputError when the lists differ in length: they are then not of the same images
 * @example
 * paired([1, 1, 0, 0], [1, 0, 1, 1], [1, 1, 1, 1]).onlySecond; // 2
 */
export function paired(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): Paired {
  if (first.length !== labels.length || second.length !== labels.length)
    throw new InputError(
      `paired test: expected two answers to each of ${labels.length} images, found ${first.length} and ${second.length}; compare the same images`,
    );
  let [onlyFirst, onlySecond] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const [a, b] = [first[i] === labels[i], second[i] === labels[i]];
    if (a && !b) onlyFirst++;
    if (b && !a) onlySecond++;
  }
  return { onlyFirst, onlySecond, p: mcnemar(onlyFirst, onlySecond) };
}

/**
 * The exact two-sided test: of n = a + b tosses of a fair coin, how likely are at most min(a, b) heads, or as many tails?
 * @example
 * mcnemar(0, 6).toFixed(5); // '0.03125'
 */
export function mcnemar(a: number, b: number): number {
  const [n, least] = [a + b, Math.min(a, b)];
  // logarithm of the binomial coefficient over 2^n, term by term
  let log = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= least; k++) {
    if (k > 0) log += Math.log((n - k + 1) / k);
    tail += Math.exp(log);
  }
  return Math.min(1, 2 * tail);
}

/** 'better' or 'worse' of the first beside the second, where the test shows it; else '='. */
export function pairedVerdict({ onlyFirst, onlySecond, p }: Paired): 'better' | 'worse' | '=' {
  if (p >= SIGNIFICANT) return '=';
  return onlyFirst > onlySecond ? 'better' : 'worse';
}

/** "better (p = 0.004; 30 and 61 images)" or "no difference shown (p = 0.3; 50 and 61 images)": the first beside the second. */
export function pairedWords(pair: Paired): string {
  const { onlyFirst, onlySecond, p } = pair;
  const found = pairedVerdict(pair);
  const verdict = found === '=' ? 'no difference shown' : found;
  const shown = p < 0.001 ? 'p < 0.001' : `p = ${p.toPrecision(2)}`;
  return `${verdict} (${shown}; ${onlyFirst} and ${onlySecond} images)`;
}
