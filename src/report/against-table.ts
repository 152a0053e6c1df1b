/** @file A simulation against several ANNs, as a table. */
import { type AnnName, bitsOf } from '../energy/against-anns.ts';
import type { Range } from '../snn/neurons/neuron.ts';
import { fixed } from './format.ts';
import type { AgainstReport, AgainstSkipping } from './simulation-report.ts';
import { textTable } from './table.ts';

/** @param range spikes of a neuron and step, those that stay */
export function againstText(
  dense: AgainstReport,
  skipping: AgainstSkipping | null,
  range: Range,
  step: number,
): string {
  const report = skipping ? withZeros(dense, skipping, step) : dense;
  const bits = bitsOf(range, step);
  const titles: Readonly<Record<AnnName, string>> = {
    dense: 'dense, 32 bits',
    zeros: `zeros skipped, 32 bits, first ${skipping?.images} images`,
    int8: 'dense, 8 bits',
    bits: `dense, ${bits}-bit activations, 8-bit weights`,
  };
  const rows = (Object.keys(titles) as AnnName[]).flatMap((name) => {
    const { arithmetic, bytes, bytesIdeal } = report[name] ?? {};
    if (!arithmetic || !bytes || !bytesIdeal) return [];
    return [[titles[name], ...[arithmetic, bytes, bytesIdeal].map((values) => fixed(values[step]!, 3))]];
  });
  const columns = ['arithmetic', 'bytes, no reuse', 'bytes, ideal cache'].map((title) => ({
    title,
    align: 'right' as const,
  }));
  return [
    `SNN / ANN at T = ${step}, against ANNs with weights of the same bits; arithmetic by Horowitz, ISSCC 2014. In T steps a neuron says`,
    `one of ${(range.highest - range.lowest) * step + 1} values: ${bits} bits. A multiplication by fewer bits is taken to cost their share of one by 8,\nand means over pools to need no more\n`,
    textTable([{ title: 'ANN', align: 'left' }, ...columns], rows),
  ].join('\n');
}

/** The ANN that skips its zeros among the others, at the last step. */
export function withZeros(report: AgainstReport, { against }: AgainstSkipping, step: number): AgainstReport {
  const { arithmetic, bytes, bytesIdeal } = against;
  const last = (values: readonly number[]): Record<string, number> => ({ [step]: values.at(-1)! });
  return {
    ...report,
    zeros: { arithmetic: last(arithmetic), bytes: last(bytes), bytesIdeal: last(bytesIdeal) },
  };
}
