/** @file A study's table as text. */
import { significant } from './format.ts';
import { textTable } from './table.ts';

/** Some repeated measurements, as the table shows them. */
interface Figure {
  readonly count: number;
  readonly mean: number;
  readonly deviation: number | null;
  readonly reach: number | null;
}

interface Table {
  readonly stage: string;
  readonly varied: readonly string[];
  readonly metrics: readonly string[];
  readonly rows: readonly {
    readonly setting: Readonly<Record<string, string | number | boolean>>;
    readonly figures: Readonly<Record<string, Figure>>;
  }[];
}

/** "97.50 +- 0.30 (n = 3, sd 0.12)"; of one measurement the number alone. */
export function figureText({ count, mean, deviation, reach }: Figure): string {
  if (deviation === null || reach === null) return figure(mean);
  return `${figure(mean)} +- ${significant(reach, 2)} (n = ${count}, sd ${significant(deviation, 2)})`;
}

const figure = (value: number): string =>
  Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6
    ? value.toFixed(Math.abs(value) < 10 ? 3 : 2)
    : value.toPrecision(4);

/** A row for each setting; means with half their 95 % interval. */
export function studyTableText({ stage, varied, metrics, rows }: Table): string {
  const columns = [
    ...varied.map((title) => ({ title, align: 'left' }) as const),
    ...metrics.map((title) => ({ title, align: 'right' }) as const),
  ];
  const cells = rows.map(({ setting, figures }) => [
    ...varied.map((name) => String(setting[name] ?? '-')),
    ...metrics.map((name) => (figures[name] ? figureText(figures[name]) : '-')),
  ]);
  return `${stage}: mean +- half of its 95 % interval over repetitions\n\n${textTable(columns, cells)}`;
}

/** "train.seed 1, convert.neuron half". */
export const settingText = (setting: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(setting)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || 'the only one';
