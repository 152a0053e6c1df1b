/** @file The conversion report as a table, one line for each spiking layer. */
import { pairOf, type Square, sizeWord } from '../nn/map-window.ts';
import type { ConversionReport } from './conversion-report.ts';

const number = (value: number): string => (value === 0 ? '0' : value.toPrecision(3));

/** The table's cells, and the lines below it. */
export interface ConversionCells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** How a source is pooled: ' /2' by means over 2 x 2 places, ' max3x1' by the largest count of 3 x 1. */
const pooledBy = (how: string, window: Square = 1): string =>
  window === 1 ? '' : `${how}${sizeWord(pairOf(window))}`;

/** The report as cells. */
export function conversionCells(report: ConversionReport): ConversionCells {
  const rows = report.layers.map((layer) => [
    layer.name,
    layer.shape.join('x'),
    layer.theta === null
      ? 'readout'
      : layer.theta.min === layer.theta.max
        ? number(layer.theta.min)
        : `${number(layer.theta.min)}..${number(layer.theta.max)}`,
    layer.synapses.map((s) => `${s.from}${pooledBy(' max', s.maxPool)}${pooledBy(' /', s.pool)}`).join(' + '),
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

/**
 * The table as text for a terminal, columns aligned.
 * @example
 * const { report } = convert(network);
 * conversionTable(report).split('\n')[0].split(/ +/)[0]; // 'layer'
 */
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
