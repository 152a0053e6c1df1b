/**
 * @file The tables of a comparison: accuracy by T; what the T needed costs; the T needed against ours.
 */
import { ERROR_PARTS } from '../proof/anatomy/layer-anatomy.ts';
import { summariseAnatomy } from './anatomy-summary.ts';
import type { Comparison, MethodResult } from './comparison.ts';
import { percent } from './format.ts';
import { TOLERANCES } from './needed.ts';
import type { Column } from './table.ts';
import type { TableData } from './tables.ts';
import { type TimeRatio, timeRatio } from './time-ratio.ts';

/** The estimator that the tables quote. */
const ESTIMATOR = 'horowitz-fp32';

const right = (title: string): Column => ({ title, align: 'right' });
const METHOD: Column = { title: 'method', align: 'left' };

export interface TitledTable extends TableData {
  readonly title: string;
}

export function comparisonTables(comparison: Comparison): TitledTable[] {
  const anatomy = comparison.methods.some((method) => method.anatomy) ? [errorTable(comparison)] : [];
  return [accuracyTable(comparison), costTable(comparison), ratioTable(comparison), ...anatomy];
}

function accuracyTable({ methods, steps, images, dataset, model }: Comparison): TitledTable {
  return {
    title: `Accuracy in percent after T steps, ${images} test images of ${dataset}, ${model}`,
    columns: [METHOD, right('ANN'), ...steps.map((t) => right(`T=${t}`))],
    rows: methods.map((method) => [
      method.title,
      percent(method.annAccuracy),
      ...steps.map((t) => percent(method.accuracy[t]!)),
    ]),
  };
}

function costTable({ methods, steps }: Comparison): TitledTable {
  const settles = methods.some((method) => method.latency);
  const exact = settles ? '; in brackets the steps until an exact answer stands' : '';
  const columns = TOLERANCES.flatMap((points) => [
    right(`T (${points})`),
    right('spikes'),
    right('SNN / ANN'),
  ]);
  return {
    title: `Spikes per neuron and energy (${ESTIMATOR}) at the T needed to be within 1 / 0.5 / 0.1 points of its own ANN${exact}`,
    columns: [METHOD, ...columns],
    rows: methods.map((method) => [
      method.title,
      ...TOLERANCES.flatMap((points) => {
        const t = method.needed.own[points];
        if (t === null || t === undefined) return [`> ${steps.at(-1)}`, '-', '-'];
        const ratio = energyRatio(method, t);
        const latency = method.latency?.[t];
        return [
          latency === undefined ? String(t) : `${t} (${latency.toFixed(1)})`,
          method.spikesPerNeuron[t]!.toFixed(2),
          ratio === null ? '-' : ratio.toFixed(2),
        ];
      }),
    ]),
  };
}

/** Energy after t steps over the ANN's; null where the estimator has no figure for an ANN. */
export function energyRatio(method: MethodResult, t: number, estimator: string = ESTIMATOR): number | null {
  const energy = method.energy[estimator];
  return energy?.annJoule ? energy.snnJoule[t]! / energy.annJoule : null;
}

function ratioTable(comparison: Comparison): TitledTable {
  const { methods, reference } = comparison;
  const ours = methods.find((method) => method.id === reference)!;
  const columns = (['own', 'best'] as const).flatMap((target) =>
    TOLERANCES.map((points) => ({ target, points })),
  );
  return {
    title: `T needed, over that of ${ours.title}: within 1 / 0.5 / 0.1 points of its own ANN, and of the best ANN (${percent(comparison.bestAnn)} %)`,
    columns: [METHOD, ...columns.map(({ target, points }) => right(`${target}, ${points}`))],
    rows: methods.map((method) => [
      method.title,
      ...columns.map(({ target, points }) => ratioWords(timeRatio(comparison, method, target, points))),
    ]),
  };
}

function errorTable({ methods }: Comparison): TitledTable {
  const taken = methods.flatMap((method) =>
    method.anatomy ? [{ title: method.title, summary: summariseAnatomy(method.anatomy) }] : [],
  );
  const { steps, images } = taken[0]!.summary;
  const short = (value: number): string => value.toFixed(4);
  return {
    title: `Error of a neuron, rate - activation in theta, T = ${steps}, ${images} images; last: what is left of the errors in the next layer's sums, and what would be by chance`,
    columns: [METHOD, ...['mean', '> 0', '< 0', 'rms', ...ERROR_PARTS, 'left', 'by chance'].map(right)],
    rows: taken.map(({ title, summary }) => [
      title,
      ...[summary.mean, summary.positive, summary.negative, summary.rms].map(short),
      ...ERROR_PARTS.map((part) => short(summary.parts[part])),
      summary.survives.toFixed(3),
      summary.byChance.toFixed(3),
    ]),
  };
}

/** "32 / 2 = 16x"; where the method's T was not reached "> 256 / 2 = > 128x". */
export function ratioWords({ steps, ours, last, ratio }: TimeRatio): string {
  const shown = (t: number | null): string => (t === null ? `> ${last}` : String(t));
  if (ratio === null) return `${shown(steps)} / ${shown(ours)}`;
  return `${shown(steps)} / ${shown(ours)} = ${steps === null ? '> ' : ''}${multiple(ratio)}`;
}

/** 16 is "16x", 0.5 is "0.5x". */
export const multiple = (ratio: number): string => `${Number(ratio.toPrecision(3))}x`;
