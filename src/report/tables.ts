/**
 * @file The tables that more than one command prints.
 */
import type { EpochSummary } from '../train/checkpoint.ts';
import type { ByStep } from './by-step.ts';
import { count, fixed, joules, percent, significant } from './format.ts';
import type { WeightsComparison } from './result.ts';
import { energyRatio, type SimulationFigures, TABLE_ESTIMATOR } from './simulation-report.ts';
import type { Column } from './table.ts';
import type { LawResult, LayerLoss, Stage } from './verification-report.ts';

export interface TableData {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

export const right = (title: string): Column => ({ title, align: 'right' });

export interface RunTableOptions {
  /** What the names of the runs are. Default: 'neuron'. */
  readonly what?: string;
  /** Whose energy is quoted. */
  readonly estimator?: string;
}

/** T against accuracy, spikes, operations, energy; with several runs one line for each at every T. */
export function runTable(
  runs: readonly (SimulationFigures & { readonly name: string })[],
  steps: readonly number[],
  { what = 'neuron', estimator = TABLE_ESTIMATOR }: RunTableOptions = {},
): TableData {
  const named = runs.length > 1;
  const settling = runs.some((run) => run.latency);
  const columns: Column[] = [
    right('T'),
    ...(named ? [{ title: what, align: 'left' } as const] : []),
    right('accuracy %'),
    right('spikes per neuron'),
    right('accumulates'),
    right('energy'),
    right('SNN / ANN'),
    ...(settling ? [right('steps to settle')] : []),
  ];
  const rows = steps.flatMap((step) =>
    runs.map(({ name, snn, spikes, operations, energy, latency = {} }) => [
      String(step),
      ...(named ? [name] : []),
      at(snn.accuracy, step, percent),
      at(spikes.perNeuron, step, (value) => fixed(value, 3)),
      at(operations.snnAc, step, count),
      at(energy[estimator]?.snnJoule ?? {}, step, joules),
      fixed(energyRatio(energy, step, estimator) ?? Number.NaN, 3),
      ...(settling ? [at(latency, step, (value) => fixed(value, 1))] : []),
    ]),
  );
  return { columns, rows };
}

function at(values: ByStep, step: number, format: (value: number) => string): string {
  const value = values[step];
  return value === undefined ? '-' : format(value);
}

/** Weights in another format beside the original ones. */
export function weightsTable(comparison: WeightsComparison, steps: readonly number[]): TableData {
  const { format, reference, accuracy, referenceAccuracy, lost, mismatchesByStep } = comparison;
  return {
    columns: [
      right('T'),
      right(`${format} %`),
      right(`${reference} %`),
      right('points lost'),
      right('classes changed'),
    ],
    rows: steps.map((step) => [
      String(step),
      at(accuracy, step, percent),
      at(referenceAccuracy, step, percent),
      at(lost, step, percent),
      at(mismatchesByStep, step, String),
    ]),
  };
}

export function lawTable(laws: readonly LawResult[]): TableData {
  return {
    columns: [
      { title: 'law', align: 'left' },
      { title: 'says', align: 'left' },
      right('cases'),
      { title: 'holds', align: 'left' },
      right('worst'),
      right('bound'),
    ],
    rows: laws.map((law) => [
      law.id,
      law.says,
      count(law.cases),
      law.holds ? 'yes' : 'NO',
      short(law.worst),
      short(law.bound),
    ]),
  };
}

/** Exponent form for what is too small to read otherwise. */
function short(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1) : significant(value, 4);
}

/** @param split the images that were looked at after each epoch */
export function learningTable(curve: readonly EpochSummary[], split = 'test'): TableData {
  return {
    columns: [right('epoch'), right('loss'), right('training %'), right(`${split} %`), right('images/s')],
    rows: curve.map((one) => [
      String(one.epoch),
      significant(one.loss, 3),
      percent(one.trainAccuracy),
      percent(one.testAccuracy),
      fixed(one.imagesPerSecond, 0),
    ]),
  };
}

export function stageTable(stages: readonly Stage[]): TableData {
  return {
    columns: [
      { title: 'stage', align: 'left' },
      right('accuracy %'),
      right('points lost'),
      right('classes changed'),
    ],
    rows: stages.map(({ name, accuracy, lost, changed }, i) => [
      name,
      percent(accuracy),
      i === 0 ? '' : percent(lost),
      i === 0 ? '' : String(changed),
    ]),
  };
}

export function layerTable(layers: readonly LayerLoss[]): TableData {
  return {
    columns: [
      { title: 'layer', align: 'left' },
      right('correlation'),
      right('rms error / theta'),
      right('mean error / theta'),
      right('other count %'),
    ],
    rows: layers.map((layer) => [
      layer.name,
      fixed(layer.correlation, 4),
      fixed(layer.error, 4),
      fixed(layer.bias, 5),
      percent(100 * layer.otherCount),
    ]),
  };
}
