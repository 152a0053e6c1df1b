/**
 * @file The names of the series above a plot, each after its own mark, in as many rows as they need.
 */
import type { Markish } from '@observablehq/plot';
import type { PlotModule } from './load.ts';
import type { SeriesStyle } from './series-style.ts';

export interface LegendEntry {
  readonly name: string;
  readonly style: SeriesStyle;
  readonly shows: readonly ('line' | 'symbol' | 'box')[];
  /** Opacity of the box, 1 by default. */
  readonly opacity?: number;
}

export interface Legend {
  /** Pixels above the plot. */
  readonly height: number;
  /** @param left, top the plot's margins: the legend begins at the figure's own corner */
  marks(left: number, top: number): Markish[];
}

const ROW = 18;
const SWATCH = 30;
/** Pixels of a letter at 12 px, generously, as the reader's font is not known. */
const LETTER = 7;

export function legend(plot: PlotModule, entries: readonly LegendEntry[], width: number): Legend {
  let [x, y] = [4, ROW / 2];
  const places = entries.map(({ name }) => {
    const room = SWATCH + name.length * LETTER + 16;
    if (x > 4 && x + room > width) [x, y] = [4, y + ROW];
    const place = { x, y };
    x += room;
    return place;
  });
  return {
    height: entries.length === 0 ? 0 : y + ROW / 2 + 6,
    marks: (left, top) =>
      entries.flatMap(({ name, style, shows, opacity = 1 }, i) => {
        const { x, y } = places[i]!;
        const at = (dx: number) =>
          ({ frameAnchor: 'top-left', facet: 'super', dx: x + dx - left, dy: y - top }) as const;
        const { colour, dash, symbol } = style;
        const has = (what: LegendEntry['shows'][number]): boolean => shows.includes(what);
        const stroke = { stroke: colour, strokeWidth: 2, strokeDasharray: dash } as const;
        return [
          has('line') &&
            plot.vector([0], { ...at(0), ...stroke, anchor: 'start', rotate: 90, length: 24, shape: BAR }),
          has('box') &&
            plot.dot([0], {
              ...at(12),
              ...stroke,
              strokeWidth: 1.5,
              fill: colour,
              fillOpacity: opacity,
              symbol: 'square',
              r: 6,
            }),
          has('symbol') && plot.dot([0], { ...at(12), fill: colour, stroke: 'none', symbol, r: 4 }),
          plot.text([name], { ...at(SWATCH), textAnchor: 'start' }),
        ].filter((mark) => mark !== false);
      }),
  };
}

/** A plain stroke, where Plot's own vectors have a head. */
const BAR = {
  draw(
    path: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void },
    length: number,
  ): void {
    path.moveTo(0, 0);
    path.lineTo(0, -length);
  },
};
