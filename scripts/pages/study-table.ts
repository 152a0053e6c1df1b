/** @file The tables of a study as one of a page: a row for each setting of each last stage, means with half their 95 % intervals. */
import type { Repeated } from '../../src/lab/sweep/statistics.ts';
import type { StudyTable } from '../../src/lab/sweep/table.ts';
import { fixed } from '../../src/report/format.ts';

interface Column {
  readonly title: string;
  readonly metric: string;
  readonly digits: number;
}

/** What a page shows of a study. */
export interface ShownStudy {
  /** The title of the first column, and what it says of a row. */
  readonly row: {
    readonly title: string;
    readonly of: (table: StudyTable, setting: StudyTable['rows'][number]['setting']) => string;
  };
  readonly columns: readonly Column[];
}

export function studyMarkdown(tables: readonly StudyTable[], { row, columns }: ShownStudy): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const found = tables.flatMap((table) =>
    table.rows.map(({ setting, figures }) =>
      line([
        row.of(table, setting),
        ...columns.map(({ metric, digits }) => {
          const figure = figures[metric];
          return figure ? cellOf(figure, digits) : '-';
        }),
      ]),
    ),
  );
  return [
    line([row.title, ...columns.map(({ title }) => title)]),
    `|---|${columns.map(() => '---:').join('|')}|`,
    ...found,
  ].join('\n');
}

const cellOf = ({ mean, reach }: Repeated, digits: number): string =>
  `${fixed(mean, digits)}${reach === null ? '' : ` ± ${fixed(reach, digits)}`}`;

const accuracies = (...steps: readonly number[]): Column[] =>
  steps.map((T) => ({ title: `SNN, T = ${T}, %`, metric: `snn.accuracy.${T}`, digits: 2 }));
const ANN: Column = { title: 'ANN, %', metric: 'train.ann.accuracy', digits: 2 };

/** One course with several seeds, and its network run in two ways. */
export const SEEDS: ShownStudy = {
  row: {
    title: 'rest coding',
    of: ({ stage }) => (stage === 'exact' ? 'exact by layers (settling)' : stage),
  },
  columns: [ANN, ...accuracies(1, 2, 4, 8)],
};

/** A course with several prices on spikes; the price 0 is their control. */
export const PRICES: ShownStudy = {
  row: {
    title: 'price of a spike',
    of: (_, setting) => {
      const price = setting['train.spike-penalty'];
      return price === undefined || price === 0 ? '0 (the control)' : String(price);
    },
  },
  columns: [
    ANN,
    ...accuracies(1, 2),
    { title: 'spikes a neuron, T = 2', metric: 'spikes.perNeuron.2', digits: 3 },
    { title: 'energy, T = 2: SNN / dense ANN', metric: 'againstAnns.dense.arithmetic.2', digits: 3 },
  ],
};
