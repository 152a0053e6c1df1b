/**
 * @file Errors of both signs: how much too much, how much too little, and the mean that is left.
 */
import { largest } from '../extremes.ts';
import { fixed } from '../format.ts';
import { type Figure, type FigureText, WIDTH } from '../svg/figure.ts';
import { LABEL_ROOM, verticalLabel } from './axis.ts';
import { legend } from './legend.ts';
import type { Plotter } from './load.ts';
import { seriesStyle } from './series-style.ts';

export interface SignedError {
  readonly name: string;
  /** Mean of max(e, 0), and of max(-e, 0). */
  readonly positive: number;
  readonly negative: number;
  readonly mean: number;
}

const LETTER = 7;

/** @param what the rows are: 'layer', 'contender' */
export function signFigure(
  { marks: plot, draw }: Plotter,
  text: FigureText,
  what: string,
  rows: readonly SignedError[],
): Figure {
  const [more, less] = [seriesStyle(0), seriesStyle(1)];
  const left = Math.min(
    230,
    16 +
      LETTER *
        largest(
          rows.map(({ name }) => name.length),
          0,
        ),
  );
  const key = legend(
    plot,
    [
      { name: 'too much', style: { ...more, dash: 'none' }, shows: ['box'] },
      { name: 'too little', style: { ...less, dash: 'none' }, shows: ['box'], opacity: 0.3 },
      { name: 'mean', style: MEAN, shows: ['symbol'] },
    ],
    WIDTH,
  );
  const top = key.height + LABEL_ROOM;
  const y = 'name';
  return draw(text, {
    width: WIDTH,
    height: top + 26 * rows.length + 42,
    marginLeft: left,
    marginRight: 20,
    marginTop: top,
    marginBottom: 42,
    x: { label: 'mean error, rate - activation (units of theta)', labelArrow: 'none', grid: true, ticks: 6 },
    y: { type: 'band', domain: rows.map(({ name }) => name), label: null, padding: 0.25, tickSize: 0 },
    marks: [
      ...key.marks(left, top),
      verticalLabel(plot, what, left),
      plot.barX(rows, { x: 'positive', y, fill: more.colour }),
      plot.barX(rows, {
        x: (row: SignedError) => -row.negative,
        y,
        fill: less.colour,
        fillOpacity: 0.3,
        stroke: less.colour,
        strokeWidth: 1.5,
      }),
      plot.ruleX([0], { stroke: 'var(--soft)' }),
      plot.dot(rows, {
        x: 'mean',
        y,
        fill: 'var(--ink)',
        stroke: 'var(--paper)',
        strokeWidth: 1.5,
        symbol: MEAN.symbol,
        r: 5,
        title: (row: SignedError) =>
          `${row.name}: +${fixed(row.positive, 4)} -${fixed(row.negative, 4)} = ${fixed(row.mean, 4)}`,
      }),
    ],
  });
}

const MEAN = { colour: 'var(--ink)', dash: 'none', symbol: 'diamond' } as const;
