/** @file The summary of a network as a table. */
import { type LayerSummary, totals } from '../nn/summary.ts';
import { textTable } from './table.ts';

/** Layer, kind, output shape, parameters and multiply-accumulates, with the sums in the last line. */
export function summaryTable(summary: readonly LayerSummary[]): string {
  const sums = totals(summary);
  return textTable(
    [
      { title: 'layer', align: 'left' },
      { title: 'kind', align: 'left' },
      { title: 'output', align: 'left' },
      { title: 'parameters', align: 'right' },
      { title: 'MACs', align: 'right' },
    ],
    [
      ...summary.map(({ name, kind, output, parameters, macs }) => [
        name,
        kind,
        output.join('x'),
        String(parameters),
        String(macs),
      ]),
      ['total', '', '', String(sums.parameters), String(sums.macs)],
    ],
  );
}
