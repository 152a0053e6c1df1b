/**
 * @file Bars in groups: spikes per layer for each kind of neuron.
 */
import { element } from './element.ts';
import { type Axis, type ChartText, createFrame, label } from './frame.ts';
import { legend } from './marks.ts';

export interface BarSeries {
  readonly name: string;
  /** One per group. */
  readonly values: readonly number[];
}

export function barChart(
  text: ChartText,
  groupLabel: string,
  groups: readonly string[],
  y: Axis,
  series: readonly BarSeries[],
): string {
  const frame = createFrame(text, { label: groupLabel, domain: [0, groups.length], ticks: [] }, y);
  const base = frame.y(y.domain[0]);
  const slot = frame.x(1) - frame.x(0);
  const width = Math.min(36, (slot * 0.7) / series.length);
  const bars = groups.flatMap((group, g) => {
    const middle = frame.x(g + 0.5);
    return [
      label(middle, base + 18, 'middle', group),
      ...series.map(({ name, values }, i) => {
        const value = values[g] ?? 0;
        const top = frame.y(value);
        const left = middle + (i - series.length / 2) * width;
        const box = {
          class: `bar s${i % 4}`,
          x: left + 1,
          y: top,
          width: width - 2,
          height: Math.max(0, base - top),
        };
        return element(
          'rect',
          box,
          element('title', {}, `${name}, ${group}: ${(y.format ?? String)(value)}`),
        );
      }),
    ];
  });
  const swatch = (i: number, x: number, at: number): string =>
    element('rect', { class: `bar s${i % 4}`, x: x + 6, y: at - 6, width: 14, height: 12 });
  return frame.finish(
    ...legend(
      series.map(({ name }) => name),
      swatch,
    ),
    ...bars,
  );
}
