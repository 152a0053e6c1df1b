/** @file The results as Markdown. */
import { percent, significant } from '../../src/report/format.ts';
import { type Column, markdownTable } from '../../src/report/table.ts';
import type { HeadlineRow } from './headline.ts';
import type { NetworkResult } from './measure.ts';
import { rounds, STEPS } from './simulations.ts';

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });
const figure = (value: number): string => significant(value, value < 10 ? 3 : 4);

/** Accuracies with their 95 % intervals. */
function reachedText({ reached: value, interval }: HeadlineRow): string {
  if (value === null) return '-';
  return interval ? `${percent(value)} (${percent(interval[0])} to ${percent(interval[1])})` : figure(value);
}

export function headlineTable(rows: readonly HeadlineRow[]): string {
  return markdownTable(
    [left('data set'), left('what'), right('reached'), left('network'), left('command')],
    rows.map((row) => [
      row.dataset,
      row.what,
      row.reached === null ? 'not measured' : reachedText(row),
      row.network,
      `\`${row.command}\``,
    ]),
  );
}

/** Accuracy against T, spikes and energy. */
export function curveTable(results: readonly NetworkResult[]): string {
  const rows = results.flatMap((result) =>
    Object.entries(result.snn).flatMap(([title, snn]) =>
      STEPS.filter((T) => snn.accuracy[T] !== undefined).map((T) => [
        result.dataset,
        result.name,
        title,
        String(T),
        String(snn.images),
        percent(snn.accuracy[T]!),
        rounds(result.activation, title) ? percent(result.quantised[T]!) : '-',
        significant(snn.spikesPerNeuron[T]!, 3),
        significant(snn.energyRatio[T]!, 3),
      ]),
    ),
  );
  return markdownTable(
    [
      ...['data set', 'network', 'neuron'].map(left),
      ...['T', 'images of the SNN', 'SNN %', 'quantised %', 'spikes per neuron', 'energy SNN / ANN'].map(
        right,
      ),
    ],
    rows,
  );
}

export function networkTable(results: readonly NetworkResult[]): string {
  return markdownTable(
    [
      ...['network', 'data set', 'activation'].map(left),
      ...[
        'grid',
        'spike price',
        'ANN %',
        'with test-time flip %',
        'exact: T',
        'images',
        'mismatches',
        'exact %',
      ].map(right),
      left('trained by'),
    ],
    results.map((result) => [
      result.name,
      result.dataset,
      result.activation,
      String(result.levels),
      String(result.spikePenalty),
      percent(result.ann.accuracy),
      percent(result.ann.flippedAccuracy),
      ...(result.exact
        ? [
            String(result.exact.steps),
            String(result.exact.images),
            String(result.exact.mismatches),
            percent(result.exact.accuracy),
          ]
        : ['-', '-', '-', '-']),
      `\`${result.command}\``,
    ]),
  );
}
