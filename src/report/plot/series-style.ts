/**
 * @file Series are told apart by colour, by dash and by symbol, never by colour alone.
 */
import { SERIES_COLOURS } from '../svg/colours.ts';

export interface SeriesStyle {
  /** A CSS variable. */
  readonly colour: string;
  readonly dash: string;
  readonly symbol: 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'cross' | 'wye';
}

const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '4 2', '12 4', '2 2 6 2'] as const;
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'wye'] as const;

/** The style of series i, from 0; after seven they repeat. */
export function seriesStyle(i: number): SeriesStyle {
  const at = i % SERIES_COLOURS;
  return { colour: `var(--s${at})`, dash: DASHES[at]!, symbol: SYMBOLS[at]! };
}
