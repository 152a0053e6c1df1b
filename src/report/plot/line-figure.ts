/**
 * @file Lines over an axis: learning curves, accuracy against T or energy, spikes through the layers.
 */
import type { Markish } from '@observablehq/plot';
import { type Figure, type FigureText, WIDTH } from '../svg/figure.ts';
import { type Axis, LABEL_ROOM, scaleOptions, verticalLabel } from './axis.ts';
import { legend } from './legend.ts';
import type { Plotter } from './load.ts';
import { type SeriesStyle, seriesStyle } from './series-style.ts';

export interface Point {
  /** A name where the axis has names. */
  readonly x: number | string;
  readonly y: number;
  /** Half of an interval around y: drawn as a bar. */
  readonly reach?: number;
  /** Shown when a pointer rests on the point. */
  readonly says?: string;
}

export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
  /** Default true. */
  readonly symbols?: boolean;
  /** Whether its points are joined. Default true. */
  readonly joined?: boolean;
  /** Default: by the place among the lines. */
  readonly style?: SeriesStyle;
  /** Drawn thicker. */
  readonly bold?: boolean;
}

/** A straight line over the whole plot. */
export interface Rule {
  readonly name: string;
  readonly at: number;
  readonly along: 'x' | 'y';
}

const MARGIN = { left: 52, right: 20, bottom: 42 } as const;

/** Points that are not finite are left out. */
export function lineFigure(
  { marks: plot, draw }: Plotter,
  text: FigureText,
  x: Axis,
  y: Axis,
  lines: readonly Line[],
  rules: readonly Rule[] = [],
): Figure {
  const drawn = lines.map((line, i) => ({
    ...line,
    symbols: line.symbols ?? true,
    style: line.style ?? seriesStyle(i),
    points: line.points.filter(
      (point) => Number.isFinite(point.y) && (typeof point.x === 'string' || Number.isFinite(point.x)),
    ),
  }));
  const key = legend(
    plot,
    [
      ...drawn.map(({ name, style, symbols }) => ({
        name,
        style,
        shows: symbols ? (['line', 'symbol'] as const) : (['line'] as const),
      })),
      ...rules.map(({ name }) => ({ name, style: RULE, shows: ['line'] as const })),
    ],
    WIDTH,
  );
  const top = key.height + LABEL_ROOM;
  const points = drawn.flatMap((line) => line.points);
  const along = (side: 'x' | 'y'): number[] => [
    ...points.map((point) => point[side]).filter((value) => typeof value === 'number'),
    ...(side === 'y' ? points.flatMap(({ y: at, reach }) => (reach ? [at - reach, at + reach] : [])) : []),
    ...rules.filter((rule) => rule.along !== side).map((rule) => rule.at),
  ];
  return draw(text, {
    width: WIDTH,
    height: top + 236 + MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: top,
    marginBottom: MARGIN.bottom,
    x: scaleOptions(x, along('x')),
    y: { ...scaleOptions(y, along('y')), label: null },
    marks: [
      ...key.marks(MARGIN.left, top),
      verticalLabel(plot, y.label, MARGIN.left),
      ...rules.map((rule) =>
        rule.along === 'x'
          ? plot.ruleY([rule.at], { stroke: RULE.colour, strokeWidth: 1.5, strokeDasharray: RULE.dash })
          : plot.ruleX([rule.at], { stroke: RULE.colour, strokeWidth: 1.5, strokeDasharray: RULE.dash }),
      ),
      ...drawn.flatMap((line): Markish[] => {
        const { colour, dash, symbol } = line.style;
        const bars = line.points.filter(({ reach }) => reach !== undefined);
        return [
          line.joined === false
            ? null
            : plot.line(line.points, {
                x: 'x',
                y: 'y',
                stroke: colour,
                strokeWidth: line.bold ? 3 : 1.75,
                strokeDasharray: dash,
              }),
          bars.length === 0
            ? null
            : plot.ruleX(bars, {
                x: 'x',
                y1: (point: Point) => point.y - point.reach!,
                y2: (point: Point) => point.y + point.reach!,
                stroke: colour,
                strokeWidth: 1.25,
              }),
          line.symbols
            ? plot.dot(line.points, {
                x: 'x',
                y: 'y',
                fill: colour,
                stroke: 'none',
                symbol,
                r: line.bold ? 4.5 : 3.5,
                title: 'says',
              })
            : null,
        ];
      }),
    ],
  });
}

/** The ink of the page, dotted. */
const RULE: SeriesStyle = { colour: 'var(--soft)', dash: '1 3', symbol: 'circle' };
