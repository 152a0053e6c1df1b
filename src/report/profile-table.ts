import type { ProfileRow } from '../kernels/profile.ts';
import { fixed } from './format.ts';
import { right, type TableData } from './tables.ts';

/** A profile as it is written into a result. */
export interface ProfileResult {
  /** Of the whole run; what the rows leave over was not spent in kernels. */
  readonly seconds: number;
  /** The longest first. */
  readonly rows: readonly ProfileRow[];
}

/** Rows that a table shows; the rest is one row more. */
const SHOWN = 15;

const left = (title: string) => ({ title, align: 'left' }) as const;

/** Where the time went, the longest first, and what was spent outside of kernels. */
export function profileTable({ seconds, rows }: ProfileResult): TableData {
  const line = (direction: string, layer: string, kernel: string, calls: string, spent: number): string[] => [
    direction,
    layer,
    kernel,
    calls,
    fixed(1000 * spent, 1),
    fixed((100 * spent) / seconds, 1),
  ];
  const inKernels = rows.reduce((sum, row) => sum + row.seconds, 0);
  const others = rows.slice(SHOWN);
  const rest = others.reduce((sum, row) => sum + row.seconds, 0);
  return {
    columns: [left('direction'), left('layer'), left('kernel'), right('calls'), right('ms'), right('%')],
    rows: [
      ...rows
        .slice(0, SHOWN)
        .map((row) => line(row.direction, row.layer, row.kernel, String(row.calls), row.seconds)),
      ...(others.length > 0 ? [line('', '', `${others.length} others`, '', rest)] : []),
      line('', '', 'outside of kernels', '', Math.max(0, seconds - inKernels)),
    ],
  };
}
