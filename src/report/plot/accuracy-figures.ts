/**
 * @file Accuracy against what it costs: time steps, and energy with the ANN's beside it.
 */

import type { ByStep } from '../by-step.ts';
import { largest } from '../extremes.ts';
import { fixed, precise } from '../format.ts';
import type { Energies } from '../simulation-report.ts';
import type { Figure, FigureText } from '../svg/figure.ts';
import { STEP_AXIS } from './axis.ts';
import { type Line, lineFigure, type Rule } from './line-figure.ts';
import type { Plotter } from './load.ts';

/** What one spiking network answered, and at what price. */
export interface CostlyRun {
  readonly name: string;
  readonly accuracy: ByStep;
  readonly energy: Energies[string] | undefined;
  readonly annAccuracy: number | undefined;
  readonly bold?: boolean;
}

/** @param ann the best ANN's accuracy, drawn as a line across; undefined: unknown */
export function stepFigure(
  plotter: Plotter,
  text: FigureText,
  runs: readonly CostlyRun[],
  steps: readonly number[],
  ann: Omit<Rule, 'along'> | undefined,
): Figure {
  const lines = runs.map(
    ({ name, accuracy, bold = false }): Line => ({
      name,
      bold,
      points: steps.map((t) => {
        const y = accuracy[t] ?? Number.NaN;
        return { x: t, y, says: `${name}, T = ${t}: ${fixed(y, 2)} %` };
      }),
    }),
  );
  return lineFigure(
    plotter,
    text,
    STEP_AXIS,
    { label: 'accuracy (%)' },
    lines,
    ann ? [{ ...ann, along: 'x' }] : [],
  );
}

const UNITS = [
  [1, 'J'],
  [1e-3, 'mJ'],
  [1e-6, 'uJ'],
  [1e-9, 'nJ'],
] as const;

/** The energy of each run at every T; the energies of the ANNs as vertical lines. */
export function energyFigure(
  plotter: Plotter,
  text: FigureText,
  runs: readonly CostlyRun[],
  steps: readonly number[],
  estimator: string,
): Figure {
  const joules = runs.flatMap(({ energy }) => Object.values(energy?.snnJoule ?? {}));
  const [unit, symbol] = UNITS.find(([size]) => size <= largest(joules, 0)) ?? UNITS.at(-1)!;
  const lines = runs.map(
    ({ name, accuracy, energy, bold = false }): Line => ({
      name,
      bold,
      points: steps.map((t) => {
        const [x, y] = [(energy?.snnJoule[t] ?? Number.NaN) / unit, accuracy[t] ?? Number.NaN];
        return { x, y, says: `${name}, T = ${t}: ${fixed(y, 2)} %, ${precise(x, 3)} ${symbol}` };
      }),
    }),
  );
  const anns = new Set(runs.flatMap(({ energy }) => energy?.annJoule ?? []));
  const rules = [...anns].map(
    (joule, i): Rule => ({
      name: anns.size === 1 ? 'energy of the ANN' : `energy of ANN ${i + 1}`,
      at: joule / unit,
      along: 'y',
    }),
  );
  const axis = { label: `energy per image (${symbol}; ${estimator})`, scale: 'log10' } as const;
  return lineFigure(plotter, text, axis, { label: 'accuracy (%)' }, lines, rules);
}
