/**
 * @file One figure has only as many lines as can be told apart; more go into further figures.
 */
import { SERIES_COLOURS } from '../svg/colours.ts';

/** Parts of nearly equal size, none larger than `most`. */
export function portions<T>(all: readonly T[], most: number = SERIES_COLOURS): T[][] {
  const parts = Math.ceil(all.length / most);
  const size = Math.ceil(all.length / Math.max(1, parts));
  return Array.from({ length: parts }, (_, i) => all.slice(i * size, (i + 1) * size));
}
