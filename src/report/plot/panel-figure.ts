/**
 * @file Small multiples: one panel for each layer or T, the same axes and the same lines in all of them.
 */
import { type Figure, type FigureText, WIDTH } from '../svg/figure.ts';
import { LABEL_ROOM, verticalLabel } from './axis.ts';
import { legend } from './legend.ts';
import type { Plotter } from './load.ts';
import { seriesStyle } from './series-style.ts';

export interface PanelLine {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** 'step': the value holds half a step to both sides, and the area below is filled, as in a histogram. */
  readonly shape: 'line' | 'step';
}

export interface Panel {
  readonly title: string;
  readonly lines: readonly PanelLine[];
}

export interface PanelAxes {
  /** With their units. */
  readonly x: string;
  readonly y: string;
  readonly xDomain: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  /** 'sqrt' keeps small values visible beside large ones. */
  readonly yScale?: 'linear' | 'sqrt';
}

const MARGIN = { left: 52, right: 16, bottom: 42 } as const;
const PANEL = 132;

/** A series is known by its name: it looks the same in every panel. */
export function panelFigure(
  { marks: plot, draw }: Plotter,
  text: FigureText,
  axes: PanelAxes,
  panels: readonly Panel[],
): Figure {
  const columns = panels.length === 4 ? 2 : Math.min(3, panels.length);
  const rows = Math.ceil(panels.length / columns);
  const names = [...new Set(panels.flatMap((panel) => panel.lines.map((line) => line.name)))];
  const key = legend(
    plot,
    names.map((name, i) => ({ name, style: seriesStyle(i), shows: ['line'] })),
    WIDTH,
  );
  const top = key.height + LABEL_ROOM;
  const place = (i: number) => ({ fx: i % columns, fy: Math.floor(i / columns) });
  return draw(text, {
    width: WIDTH,
    height: top + rows * PANEL + MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: top,
    marginBottom: MARGIN.bottom,
    fx: { domain: range(columns), axis: null, paddingInner: 0.1 },
    fy: { domain: range(rows), axis: null, paddingInner: 0.12 },
    x: {
      domain: [...axes.xDomain],
      label: axes.x,
      labelArrow: 'none',
      ticks: columns > 2 ? threeTicks(axes.xDomain) : 4,
    },
    y: {
      label: null,
      ticks: 4,
      grid: true,
      type: axes.yScale ?? 'linear',
      ...(axes.yDomain ? { domain: [...axes.yDomain] } : { zero: true }),
    },
    marks: [
      ...key.marks(MARGIN.left, top),
      verticalLabel(plot, axes.y, MARGIN.left),
      ...panels.flatMap((panel, i) => [
        plot.frame({ ...place(i), stroke: 'var(--rule)' }),
        ...panel.lines.flatMap(({ name, points, shape }) => {
          const { colour, dash } = seriesStyle(names.indexOf(name));
          const rows = points.map(([x, y]) => ({ x, y, ...place(i) }));
          const channels = {
            x: 'x',
            y: 'y',
            fx: 'fx',
            fy: 'fy',
            curve: shape === 'step' ? ('step' as const) : ('linear' as const),
          };
          return [
            shape === 'step' ? plot.areaY(rows, { ...channels, fill: colour, fillOpacity: 0.15 }) : null,
            plot.line(rows, { ...channels, stroke: colour, strokeWidth: 1.5, strokeDasharray: dash }),
          ];
        }),
        plot.text([panel.title], { ...place(i), frameAnchor: 'top-left', dx: 5, dy: 5, fontWeight: 'bold' }),
      ]),
    ],
  });
}

/** In a narrow panel: the middle, and a round distance to both sides, away from the neighbours' ticks. */
function threeTicks([low, high]: readonly [number, number]): number[] {
  const middle = (low + high) / 2;
  const side = Number((0.3 * (high - low)).toPrecision(1));
  return [middle - side, middle, middle + side];
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
