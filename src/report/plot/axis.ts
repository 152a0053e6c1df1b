/**
 * @file What an axis says, and how Plot is told: its label has the unit, its ticks are few and round.
 */
import type { Markish, ScaleOptions } from '@observablehq/plot';
import type { PlotModule } from './load.ts';

export interface Axis {
  /** With its unit. */
  readonly label: string;
  readonly scale?: 'linear' | 'log2' | 'log10' | 'names';
  readonly domain?: readonly [number, number];
  readonly names?: readonly string[];
  readonly ticks?: readonly number[];
  readonly grid?: boolean;
}

/** So many letters find room below a figure. */
const LETTERS = 66;

/** Pixels above a plot for the label of its vertical axis. */
export const LABEL_ROOM = 28;

/** The label of the vertical axis, right above it; Plot's own would stand at the figure's edge, where the legend is. */
export function verticalLabel(plot: PlotModule, label: string, left: number): Markish {
  return plot.text([label], {
    frameAnchor: 'top-left',
    facet: 'super',
    textAnchor: 'start',
    dx: 4 - left,
    dy: -18,
  });
}

/** T in powers of two. */
export const STEP_AXIS: Axis = { label: 'T (time steps)', scale: 'log2' };

/** @param values what will be drawn along the axis, where `domain` does not say */
export function scaleOptions(axis: Axis, values: readonly number[]): ScaleOptions {
  const { label, scale = 'linear', names = [], ticks, grid = true } = axis;
  if (scale === 'names') {
    const steep = Math.max(0, ...names.map((name) => name.length)) * names.length > LETTERS;
    const tilt = steep ? { tickRotate: -35 } : {};
    return { type: 'point', domain: [...names], label, labelArrow: 'none', padding: 0.5, ...tilt };
  }
  const domain = axis.domain ?? (scale === 'linear' ? roomy(values) : outwards(values));
  const common = {
    label,
    domain: [...domain],
    grid,
    labelArrow: 'none',
    ...(ticks && { ticks: [...ticks], tickFormat: String }),
  } as const;
  if (scale === 'linear') return common;
  const marks = ticks ?? (scale === 'log2' ? powersOfTwo(domain) : roundNumbers(domain));
  return { ...common, type: 'log', base: scale === 'log2' ? 2 : 10, ticks: [...marks], tickFormat: String };
}

/** The finite values' range with a little room. */
export function roomy(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const room = high > low ? (high - low) * 0.05 : 0.5;
  return [low - room, high + room];
}

/** The same on a logarithmic axis. */
function outwards(values: readonly number[]): [number, number] {
  const [low, high] = roomy(values.filter((value) => value > 0).map(Math.log2));
  return [2 ** low, 2 ** high];
}

export function powersOfTwo(domain: readonly [number, number]): number[] {
  const ticks: number[] = [];
  for (let tick = 2 ** Math.ceil(Math.log2(domain[0])); tick <= domain[1]; tick *= 2) ticks.push(tick);
  return ticks;
}

/** 1, 2, 5, 10, 20, ... within the domain: as coarse as gives at least three, finer in a narrow domain. */
export function roundNumbers(domain: readonly [number, number]): number[] {
  const from = Math.floor(Math.log10(domain[0]));
  const to = Math.ceil(Math.log10(domain[1]));
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const choices = FACTORS.map((factors) =>
    powers
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((tick) => tick >= domain[0] && tick <= domain[1]),
  );
  return choices.find((ticks) => ticks.length >= ENOUGH) ?? choices.at(-1)!;
}

const ENOUGH = 3;
const FACTORS: readonly (readonly number[])[] = [
  [1],
  [1, 2, 5],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  Array.from({ length: 90 }, (_, i) => (10 + i) / 10),
];
