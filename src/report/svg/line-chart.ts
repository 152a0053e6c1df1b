/**
 * @file Lines over an axis: learning curves, accuracy against T, response staircases.
 */
import { element, short } from './element.ts';
import { type Axis, type ChartText, createFrame } from './frame.ts';
import { dash, legend, marker } from './marks.ts';

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  /** Default true. */
  readonly markers?: boolean;
}

/** Points that are not finite are left out. */
export function lineChart(text: ChartText, x: Axis, y: Axis, series: readonly Series[]): string {
  const frame = createFrame(text, x, y);
  const marks = series.flatMap(({ points, markers = true }, i) => {
    const drawn = points
      .filter(([px, py]) => Number.isFinite(px) && Number.isFinite(py))
      .map(([px, py]) => [frame.x(px), frame.y(py)] as const);
    if (drawn.length === 0) return [];
    const path = drawn.map(([px, py], j) => `${j === 0 ? 'M' : 'L'}${short(px)} ${short(py)}`).join('');
    return [
      element('path', { class: `line s${i % 4}`, d: path, 'stroke-dasharray': dash(i) }),
      ...(markers ? drawn.map(([px, py]) => marker(i, px, py)) : []),
    ];
  });
  const swatch = (i: number, px: number, py: number): string =>
    element('line', {
      class: `line s${i % 4}`,
      x1: px,
      x2: px + 22,
      y1: py,
      y2: py,
      'stroke-dasharray': dash(i),
    }) + (series[i]?.markers === false ? '' : marker(i, px + 11, py));
  return frame.finish(
    ...legend(
      series.map(({ name }) => name),
      swatch,
    ),
    ...marks,
  );
}
