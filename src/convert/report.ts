/**
 * @file What a conversion did, layer by layer, as plain data and as a table.
 */
import type { MapShape } from '../nn/architecture.ts';

export interface LayerReport {
  readonly name: string;
  readonly shape: MapShape;
  /** Smallest and largest threshold; null for the readout. */
  readonly theta: { readonly min: number; readonly max: number; readonly count: number } | null;
  /** Layers of the trained network that ended in this one. */
  readonly foldedFrom: readonly string[];
  readonly synapses: readonly {
    readonly kind: 'conv2d' | 'linear' | 'identity';
    readonly from: string;
    readonly pool: number;
    readonly weights: number;
  }[];
  /** Weights whose float32 value is not the trained one, and by how much at most. */
  readonly moved: { readonly count: number; readonly largest: number };
  /** Channels with a constant current, and the largest. */
  readonly bias: { readonly count: number; readonly largest: number };
}

export interface ConversionReport {
  readonly method: string;
  readonly source: string;
  readonly neuron: string;
  readonly initialPotential: number;
  /** Images that thresholds or biases were found on, and the steps of the runs on them. */
  readonly calibrationImages?: number;
  readonly calibrationSteps?: number;
  readonly layers: readonly LayerReport[];
  /** Layers that only training needs. */
  readonly removed: readonly string[];
}

const number = (value: number): string => (value === 0 ? '0' : value.toPrecision(3));

/** The same as cells of a table, one line per spiking layer. */
export interface ConversionCells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export function conversionCells(report: ConversionReport): ConversionCells {
  const rows = report.layers.map((layer) => [
    layer.name,
    layer.shape.join('x'),
    layer.theta === null
      ? 'readout'
      : layer.theta.min === layer.theta.max
        ? number(layer.theta.min)
        : `${number(layer.theta.min)}..${number(layer.theta.max)}`,
    layer.synapses.map((s) => (s.pool > 1 ? `${s.from} /${s.pool}` : s.from)).join(' + '),
    String(layer.synapses.reduce((sum, s) => sum + s.weights, 0)),
    String(layer.moved.count),
    number(layer.moved.largest),
    String(layer.bias.count),
    layer.foldedFrom.join(' '),
  ]);
  return {
    head: ['layer', 'shape', 'theta', 'from', 'weights', 'moved', 'largest', 'bias', 'folded from'],
    rows,
    notes: [
      `method ${report.method} (${report.source}); neuron ${report.neuron}, v0 = ${report.initialPotential} theta`,
      ...calibrationWords(report),
      ...(report.removed.length > 0 ? [`removed: ${report.removed.join(' ')}`] : []),
    ],
  };
}

/** A table for a terminal. */
export function conversionTable(report: ConversionReport): string {
  const { head, rows, notes } = conversionCells(report);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line), ...notes].join('\n');
}

function calibrationWords({ calibrationImages, calibrationSteps }: ConversionReport): string[] {
  if (calibrationImages === undefined) return [];
  const run =
    calibrationSteps === undefined ? '' : `, the spiking network run on them for T = ${calibrationSteps}`;
  return [`calibrated on ${calibrationImages} images${run}`];
}
