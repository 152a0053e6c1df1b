/**
 * @file The error anatomy as text: a line per layer, and what its columns mean.
 */
import type { LayerAnatomy } from '../proof/anatomy/layer-anatomy.ts';
import { fixed, percent } from './format.ts';
import { type Column, textTable } from './table.ts';
import type { TableData } from './tables.ts';

const right = (title: string): Column => ({ title, align: 'right' });

/** Errors in theta; a layer that more than one reads has the cancellation of the first. */
export function anatomyTable(layers: readonly LayerAnatomy[]): TableData {
  return {
    columns: [
      { title: 'layer', align: 'left' },
      ...['clipped', 'quantised', 'propagated', 'uneven', 'whole'].map(right),
      ...['mean', '= positive', '- negative'].map(right),
      ...['survives %', 'by chance %', 'overload %', 'residual v'].map(right),
    ],
    rows: layers.map(({ name, parts, whole, cancellation, overload, residual }) => [
      name,
      ...[parts.clipping, parts.quantisation, parts.propagated, parts.unevenness, whole].map(({ rms }) =>
        fixed(rms, 4),
      ),
      ...[whole.mean, whole.positive, whole.negative].map((value) => fixed(value, 5)),
      ...(cancellation[0]
        ? [percent(100 * cancellation[0].survives), percent(100 * cancellation[0].byChance)]
        : ['-', '-']),
      percent(100 * overload),
      residual ? fixed(residual.rms, 3) : '-',
    ]),
  };
}

export function anatomyText(layers: readonly LayerAnatomy[]): string {
  const { columns, rows } = anatomyTable(layers);
  return [
    'error anatomy: rate - activation, in theta; root mean squares of its parts (which sum to the whole neuron by neuron) and of the whole,',
    'the mean with its two sides, the share that survives in the next sum (and would with random signs), abs(I) > theta, rms of v_T\n',
    textTable(columns, rows),
  ].join('\n');
}
