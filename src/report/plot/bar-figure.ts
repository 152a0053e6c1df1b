/**
 * @file Bars in groups: spikes per layer for each run.
 */
import { largest } from '../extremes.ts';
import { precise } from '../format.ts';
import { type Figure, type FigureText, WIDTH } from '../svg/figure.ts';
import { LABEL_ROOM, verticalLabel } from './axis.ts';
import { legend } from './legend.ts';
import type { Plotter } from './load.ts';
import { seriesStyle } from './series-style.ts';

export interface Bars {
  readonly name: string;
  /** One per group. */
  readonly values: readonly number[];
}

const MARGIN = { left: 52, right: 20 } as const;
/** Besides the colour: how full the bars are. */
const FILL = [1, 0.3, 0.65, 0.1] as const;
const LETTER = 7;

/** @param labels of the groups' axis and of the values, with the unit */
export function barFigure(
  { marks: plot, draw }: Plotter,
  text: FigureText,
  labels: { readonly groups: string; readonly values: string },
  groups: readonly string[],
  series: readonly Bars[],
): Figure {
  const styles = series.map((_, i) => ({ ...seriesStyle(i), dash: 'none' }));
  const key = legend(
    plot,
    series.map(({ name }, i) => ({
      name,
      style: styles[i]!,
      shows: ['box'],
      opacity: FILL[i % FILL.length]!,
    })),
    WIDTH,
  );
  const top = key.height + LABEL_ROOM;
  const slot = (WIDTH - MARGIN.left - MARGIN.right) / Math.max(1, groups.length);
  const steep =
    largest(
      groups.map((group) => group.length),
      0,
    ) *
      LETTER >
    slot;
  const bottom = steep ? 58 : 44;
  return draw(text, {
    width: WIDTH,
    height: top + 230 + bottom,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: top,
    marginBottom: bottom,
    fx: {
      domain: [...groups],
      label: labels.groups,
      labelOffset: bottom - 6,
      paddingInner: 0.25,
      ...(steep && { tickRotate: -35 }),
    },
    x: { domain: series.map(({ name }) => name), axis: null, padding: 0.1 },
    y: { label: null, grid: true, zero: true },
    marks: [
      ...key.marks(MARGIN.left, top),
      verticalLabel(plot, labels.values, MARGIN.left),
      plot.ruleY([0], { stroke: 'var(--soft)' }),
      ...series.map(({ name, values }, i) =>
        plot.barY(
          groups.map((group, g) => ({ group, name, value: values[g] ?? Number.NaN })),
          {
            fx: 'group',
            x: 'name',
            y: 'value',
            fill: styles[i]!.colour,
            fillOpacity: FILL[i % FILL.length]!,
            stroke: styles[i]!.colour,
            strokeWidth: 1.5,
            insetTop: 0.75,
            title: (bar: { group: string; value: number }) =>
              `${name}, ${bar.group}: ${precise(bar.value, 3)}`,
          },
        ),
      ),
    ],
  });
}
