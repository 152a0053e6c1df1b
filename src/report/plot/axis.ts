/**
 * @file What an axis says, and how Plot is told: its label has the unit, its ticks are few and round.
 */

import type { Markish, ScaleOptions } from '@observablehq/plot';
import { largest, smallest } from '../extremes.ts';
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
    const steep =
      largest(
        names.map((name) => name.length),
        0,
      ) *
        names.length >
      LETTERS;
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
  const low = smallest(finite);
  const high = largest(finite);
  const room = high > low ? (high - low) * 0.05 : 0.5;
  return [low - room, high + room];
}

/** The same on a logarithmic axis, within the numbers that have all their digits. */
function outwards(values: readonly number[]): [number, number] {
  const [low, high] = roomy(values.filter((value) => value > 0).map(Math.log2));
  return [2 ** Math.max(low, -1022), 2 ** Math.min(high, 1023)];
}

export function powersOfTwo(domain: readonly [number, number]): number[] {
  const ticks: number[] = [];
  for (let tick = 2 ** Math.ceil(Math.log2(domain[0])); tick <= domain[1]; tick *= 2) ticks.push(tick);
  return sparse(ticks);
}

/** Ticks that have room: on a long axis only every second, third, ... */
const sparse = (ticks: readonly number[]): number[] =>
  ticks.filter((_, i) => i % Math.ceil(ticks.length / MOST_TICKS) === 0);

const MOST_TICKS = 24;

/** 1, 10, 100, ... or 1, 2, 5, 10, ... within the domain; in a narrow one, where the axis is nearly linear, evenly spaced. */
export function roundNumbers(domain: readonly [number, number]): number[] {
  const from = Math.floor(Math.log10(domain[0]));
  const to = Math.ceil(Math.log10(domain[1]));
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const choices = [[1], [1, 2, 5]].map((factors) =>
    powers
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((tick) => tick >= domain[0] && tick <= domain[1]),
  );
  const found = choices.find((ticks) => ticks.length >= ENOUGH);
  return found ? sparse(found) : evenNumbers(domain);
}

const ENOUGH = 3;

/** Multiples of 1, 2 or 5 times a power of ten, three to eight of them. */
function evenNumbers([low, high]: readonly [number, number]): number[] {
  const rough = (high - low) / 4;
  const power = Math.floor(Math.log10(rough));
  const factor = [5, 2, 1].find((one) => Number(`${one}e${power}`) <= rough * (1 + 1e-9)) ?? 1;
  const unit = Number(`${factor}e${power}`);
  const first = Math.ceil(low / unit);
  return Array.from({ length: Math.floor(high / unit) - first + 1 }, (_, i) =>
    Number(((first + i) * unit).toPrecision(12)),
  ).filter((tick) => tick >= low && tick <= high);
}
