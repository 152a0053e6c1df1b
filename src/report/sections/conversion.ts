/**
 * @file What each conversion did to each layer.
 */
import { conversionCells } from '../../convert/conversion-table.ts';
import { htmlTable, type Section } from '../html-page.ts';
import type { ConvertRun } from '../runs/run.ts';

const WORDS = new Set(['layer', 'shape', 'from', 'folded from']);

export function conversionSection(runs: readonly ConvertRun[]): Section {
  return {
    title: 'Conversion',
    content: runs.map(({ name, conversion }) => {
      const { head, rows, notes } = conversionCells(conversion);
      const columns = head.map((title) => ({ title, align: WORDS.has(title) ? 'left' : 'right' }) as const);
      return htmlTable(`${name}: ${notes.join('; ')}.`, columns, rows);
    }),
  };
}
