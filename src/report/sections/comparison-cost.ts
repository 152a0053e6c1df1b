/**
 * @file The tables of a comparison that a page has room for: contenders and their sources, spikes and energy at every T.
 */
import { ESTIMATORS } from '../../energy/estimators.ts';
import type { Comparison } from '../comparison.ts';
import { fixed, joules } from '../format.ts';
import { foldable, htmlTable } from '../html-page.ts';
import { TABLE_ESTIMATOR } from '../simulation-report.ts';
import type { Column } from '../table.ts';

const CONTENDER: Column = { title: 'contender', align: 'left' };
const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

export function contenderTable({ contenders }: Comparison): string {
  return htmlTable(
    'The contenders.',
    [CONTENDER, ...['activation', 'network', 'method', 'neuron', 'source'].map(left)],
    contenders.map(({ title, activation, training, method, neuron, source }) => [
      title,
      activation,
      training,
      method,
      neuron,
      source,
    ]),
  );
}

export function spikeTable({ contenders, steps }: Comparison): string {
  return htmlTable(
    'Spikes per neuron and image up to step T.',
    [CONTENDER, ...steps.map((t) => right(`T=${t}`))],
    contenders.map((contender) => [
      contender.title,
      ...steps.map((t) => fixed(contender.spikesPerNeuron[t] ?? Number.NaN, 3)),
    ]),
  );
}

/** One table for each estimator that the contenders have, the one that tables quote first; their figures must not be compared with each other. */
export function energyTables({ contenders, steps }: Comparison): string[] {
  const names = [...new Set([TABLE_ESTIMATOR, ...contenders.flatMap(({ energy }) => Object.keys(energy))])];
  const tables = names.map((name) => {
    const known = ESTIMATORS.find((estimator) => estimator.name === name);
    return htmlTable(
      `Energy per image by ${name}${known ? ` (${known.source}; ${known.boundary})` : ''}.`,
      [CONTENDER, right('ANN'), ...steps.map((t) => right(`T=${t}`))],
      contenders.map(({ title, energy }) => {
        const { annJoule = null, snnJoule = {} } = energy[name] ?? {};
        return [title, shown(annJoule), ...steps.map((t) => shown(snnJoule[t] ?? null))];
      }),
    );
  });
  return [
    ...tables.slice(0, 1),
    ...(tables.length > 1 ? [foldable('By other estimators', tables.slice(1))] : []),
  ];
}

const shown = (joule: number | null): string => (joule === null ? '-' : joules(joule));
