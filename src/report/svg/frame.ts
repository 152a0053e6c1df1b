/**
 * @file What every chart has: a title and a description for readers who do not see it, axes with units, grid lines.
 */
import { element, escapeText } from './element.ts';
import { createScale, type Scale, type ScaleKind } from './scale.ts';

export interface Axis {
  /** With its unit. */
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly scale?: ScaleKind;
  readonly ticks?: readonly number[];
  readonly format?: (value: number) => string;
}

export interface ChartText {
  /** Unique within the page: letters, digits, hyphens. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in a sentence. */
  readonly description: string;
}

export interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  /** Closes the picture around its marks. */
  finish(...marks: readonly string[]): string;
}

export const WIDTH = 560;
const LEFT = 58;
const RIGHT = 14;
const BOTTOM = 46;

/** @param top room above the plot, for a legend */
export function createFrame(text: ChartText, xAxis: Axis, yAxis: Axis, height = 300, top = 34): Frame {
  const bottom = height - BOTTOM;
  const x = createScale(xAxis.scale ?? 'linear', xAxis.domain, [LEFT, WIDTH - RIGHT], xAxis.ticks);
  const y = createScale(yAxis.scale ?? 'linear', yAxis.domain, [bottom, top], yAxis.ticks);
  const grid = [
    ...y.ticks.map((tick) =>
      element('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick) }),
    ),
    ...y.ticks.map((tick) => label(LEFT - 8, y(tick) + 4, 'end', (yAxis.format ?? String)(tick))),
    ...x.ticks.map((tick) =>
      element('line', { class: 'axis', x1: x(tick), x2: x(tick), y1: bottom, y2: bottom + 4 }),
    ),
    ...x.ticks.map((tick) => label(x(tick), bottom + 18, 'middle', (xAxis.format ?? String)(tick))),
    element('line', { class: 'axis', x1: LEFT, x2: WIDTH - RIGHT, y1: bottom, y2: bottom }),
    label((LEFT + WIDTH - RIGHT) / 2, height - 8, 'middle', xAxis.label),
    element(
      'text',
      {
        'text-anchor': 'middle',
        transform: `translate(14 ${(top + bottom) / 2}) rotate(-90)`,
      },
      escapeText(yAxis.label),
    ),
  ];
  return { x, y, finish: (...marks) => picture(text, WIDTH, height, ...grid, ...marks) };
}

/** An `svg` element that screen readers announce by title and description. */
export function picture(
  text: ChartText,
  width: number,
  height: number,
  ...content: readonly string[]
): string {
  return element(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${text.id}-title ${text.id}-description`,
      xmlns: 'http://www.w3.org/2000/svg',
    },
    element('title', { id: `${text.id}-title` }, escapeText(text.title)),
    element('desc', { id: `${text.id}-description` }, escapeText(text.description)),
    ...content,
  );
}

export function label(x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string): string {
  return element('text', { x, y, 'text-anchor': anchor }, escapeText(text));
}
