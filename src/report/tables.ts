/**
 * @file The tables that more than one command prints.
 */
import { count, joules, percent, significant } from './format.ts';
import type { ByStep, LawResult, LearningEpoch, WeightsComparison } from './result.ts';
import type { Column } from './table.ts';

export interface TableData {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** What one spiking network did, by step. */
export interface NamedRun {
  readonly name: string;
  readonly accuracy: ByStep;
  readonly spikesPerNeuron: ByStep;
  /** Accumulates per image. */
  readonly operations: ByStep;
  readonly joule: ByStep;
  /** Energy of the SNN over the ANN's. */
  readonly energyRatio: ByStep;
  /** Settling: mean number of steps until the answer stands. */
  readonly latency?: ByStep;
}

const right = (title: string): Column => ({ title, align: 'right' });

/**
 * T against accuracy, spikes, operations, energy; with several runs one line for each at every T.
 * @param what the names are
 */
export function runTable(runs: readonly NamedRun[], steps: readonly number[], what = 'neuron'): TableData {
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
    runs.map((run) => [
      String(step),
      ...(named ? [run.name] : []),
      at(run.accuracy, step, percent),
      at(run.spikesPerNeuron, step, (value) => value.toFixed(3)),
      at(run.operations, step, count),
      at(run.joule, step, joules),
      at(run.energyRatio, step, (value) => value.toFixed(3)),
      ...(settling ? [at(run.latency ?? {}, step, (value) => value.toFixed(1))] : []),
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
  if (Number.isNaN(value)) return '-';
  if (value === 0 || !Number.isFinite(value)) return String(value);
  return Math.abs(value) < 1e-3 ? value.toExponential(1) : significant(value, 4);
}

export function learningTable(curve: readonly LearningEpoch[]): TableData {
  return {
    columns: [right('epoch'), right('loss'), right('training %'), right('test %'), right('images/s')],
    rows: curve.map((one) => [
      String(one.epoch),
      significant(one.loss, 3),
      percent(one.trainAccuracy),
      percent(one.testAccuracy),
      String(Math.round(one.imagesPerSecond)),
    ]),
  };
}

/** A stage between the trained network and its spikes. */
export interface StageRow {
  readonly name: string;
  readonly accuracy: number;
  readonly lost: number;
  readonly changed: number;
}

export function stageTable(stages: readonly StageRow[]): TableData {
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

/** A spiking layer's rates beside the activations they stand for. */
export interface LayerRow {
  readonly name: string;
  readonly correlation: number;
  readonly error: number;
  readonly bias: number;
  readonly otherCount: number;
}

export function layerTable(layers: readonly LayerRow[]): TableData {
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
      layer.correlation.toFixed(4),
      layer.error.toFixed(4),
      layer.bias.toFixed(5),
      percent(100 * layer.otherCount),
    ]),
  };
}
