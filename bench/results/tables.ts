/** @file The results as Markdown. */
import { percent, significant } from '../../src/report/format.ts';
import { type Column, markdownTable } from '../../src/report/table.ts';
import { BITS, type HeadlineRow, headlineRows } from './headline.ts';
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

/** What the pages call a data set. */
const CALLED: Readonly<Record<string, string>> = {
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
  'cifar-10': 'CIFAR-10',
};
export const called = (dataset: string): string => CALLED[dataset] ?? dataset;

/** Rows of the front page's table: what they are called there, and how the headline's row begins. */
const SUMMARY: readonly (readonly [title: string, beginning: string])[] = [
  ['ANN, % (95 % interval)', 'ANN,'],
  ['SNN at T = 2, %', 'SNN, rest, settling'],
  ['energy, SNN / ANN', 'energy'],
  ['the same, zeros skipped', 'the same / an ANN that skips'],
  [`the same, ${BITS}-bit ANN`, `the same / a dense ANN of ${BITS}-bit`],
  ['mismatches, exact mode', 'exact mode, mismatches'],
];

/** The front page's table: a data set's network, its spiking network, what that costs, and what the exact mode gets wrong. */
export function summaryTable(results: readonly NetworkResult[]): string {
  const rows = headlineRows(results);
  const datasets = datasetsOf(rows);
  const cell = (dataset: string, beginning: string): string => {
    const row = rows.find((one) => one.dataset === dataset && one.what.startsWith(beginning));
    return row ? reachedText(row) : '-';
  };
  return markdownTable(
    [left('data set'), ...datasets.map((dataset) => right(called(dataset)))],
    SUMMARY.map(([title, beginning]) => [title, ...datasets.map((dataset) => cell(dataset, beginning))]),
  );
}

/** The headline with a column for each data set, and what measures it again in the last row. */
export function byDataset(results: readonly NetworkResult[]): string {
  const rows = headlineRows(results);
  const datasets = datasetsOf(rows);
  const at = (dataset: string, what: string): HeadlineRow | undefined =>
    rows.find((row) => row.dataset === dataset && row.what === what);
  const first = (dataset: string): HeadlineRow => rows.find((row) => row.dataset === dataset)!;
  return markdownTable(
    [left(''), ...datasets.map((dataset) => right(called(dataset)))],
    [
      ['network', ...datasets.map((dataset) => first(dataset).network)],
      ...[...new Set(rows.map(({ what }) => what))].map((what) => [
        what,
        ...datasets.map((dataset) => {
          const row = at(dataset, what);
          return row ? reachedText(row) : '-';
        }),
      ]),
      ['measured again by', ...datasets.map((dataset) => `\`${first(dataset).command}\``)],
    ],
  );
}

/** Accuracy against T and energy, a row for each network and neuron. */
export function curveRows(results: readonly NetworkResult[]): string {
  const steps = [1, 2, 4, 8];
  const rows = results.flatMap((result) =>
    Object.entries(result.snn).map(([title, { accuracy, energyRatio, spikesPerNeuron, images }]) => {
      const value = (values: Readonly<Record<string, number>>, T: number, digits: number): string =>
        values[T] === undefined ? '-' : significant(values[T], digits);
      return [
        `${result.name}: \`${title}\`${images < result.images ? ` (first ${images} images)` : ''}`,
        percent(result.ann.accuracy),
        ...steps.map((T) => (accuracy[T] === undefined ? '-' : percent(accuracy[T]))),
        steps.map((T) => value(energyRatio, T, 2)).join(' / '),
        value(spikesPerNeuron, 2, 3),
      ];
    }),
  );
  return markdownTable(
    [
      left('network, neuron'),
      right('ANN %'),
      ...steps.map((T) => right(`T=${T}`)),
      left('energy SNN / ANN at T = 1 / 2 / 4 / 8'),
      right('spikes per neuron at T = 2'),
    ],
    rows,
  );
}

const datasetsOf = (rows: readonly HeadlineRow[]): string[] => [
  ...new Set(rows.map(({ dataset }) => dataset)),
];
