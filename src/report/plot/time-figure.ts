/**
 * @file Where the time of a run went, as a flame figure: the whole above, below it directions, layers and kernels, each as wide as it
 * took long and under what it belongs to.
 */
import { fixed } from '../format.ts';
import type { ProfileResult } from '../profile-table.ts';
import { type Figure, type FigureText, WIDTH } from '../svg/figure.ts';
import type { Plotter } from './load.ts';
import { seriesStyle } from './series-style.ts';

/** A part of the time: seconds from the left, and how deep it lies. */
export interface Flame {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  /** Of the direction that it belongs to, from 0; null: outside of kernels. */
  readonly series: number | null;
}

const MARGIN = { left: 8, right: 8, top: 8, bottom: 42 } as const;
const ROW = 34;
const LETTER = 6.6;
const OUTSIDE = 'outside of kernels';

/** Directions, layers and kernels, each level the longest first. */
export function flames({ seconds, rows }: ProfileResult): Flame[] {
  const found: Flame[] = [];
  const levels = ['direction', 'layer', 'kernel'] as const;
  const lay = (parts: typeof rows, depth: number, from: number, own: number | null): number => {
    const level = levels[depth]!;
    const names = [...new Set(parts.map((row) => row[level]))].map((name) => {
      const inside = parts.filter((row) => row[level] === name);
      return { name, inside, spent: inside.reduce((sum, row) => sum + row.seconds, 0) };
    });
    names.sort((a, b) => b.spent - a.spent);
    let at = from;
    names.forEach(({ name, inside, spent }, i) => {
      const series = own ?? i;
      // what lies in no layer has its kernels one level deeper all the same
      if (name !== '') found.push({ name, from: at, to: at + spent, depth, series });
      if (depth + 1 < levels.length) lay(inside, depth + 1, at, series);
      at += spent;
    });
    return at;
  };
  const end = lay(rows, 0, 0, null);
  if (seconds > end) found.push({ name: OUTSIDE, from: end, to: seconds, depth: 0, series: null });
  return found;
}

export function timeFigure({ marks: plot, draw }: Plotter, text: FigureText, profile: ProfileResult): Figure {
  const parts = flames(profile);
  const seconds = Math.max(profile.seconds, ...parts.map(({ to }) => to));
  const room = (WIDTH - MARGIN.left - MARGIN.right) / seconds;
  const title = ({ name, from, to }: Flame): string =>
    `${name}: ${fixed(1000 * (to - from), 1)} ms, ${fixed((100 * (to - from)) / seconds, 1)} %`;
  const box = { x1: 'from', x2: 'to', y1: 'depth', y2: (part: Flame) => part.depth + 1 } as const;
  const colour = ({ series }: Flame): string =>
    series === null ? 'var(--soft)' : seriesStyle(series).colour;
  return draw(text, {
    width: WIDTH,
    height: MARGIN.top + 3 * ROW + MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    x: { label: 'time (s): direction, layer, kernel', labelArrow: 'none', domain: [0, seconds], ticks: 6 },
    y: { axis: null, domain: [0, 3], reverse: false, range: [MARGIN.top, MARGIN.top + 3 * ROW] },
    marks: [
      plot.rect(parts, {
        ...box,
        fill: colour,
        fillOpacity: 0.25,
        stroke: colour,
        strokeWidth: 0.75,
        inset: 0.5,
        title,
      }),
      plot.text(
        parts.filter(({ name, from, to }) => (to - from) * room > LETTER * name.length + 6),
        {
          x: ({ from, to }: Flame) => (from + to) / 2,
          y: ({ depth }: Flame) => depth + 0.5,
          text: 'name',
          fill: 'currentColor',
        },
      ),
    ],
  });
}
