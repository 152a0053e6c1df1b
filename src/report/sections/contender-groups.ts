/**
 * @file The contenders of a comparison in groups that one figure can hold, each beside the baseline.
 */
import type { Comparison, ContenderResult } from '../comparison.ts';
import { SERIES_COLOURS } from '../svg/colours.ts';
import { portions } from './portions.ts';

export interface ContenderGroup {
  /** Ends a figure's title: ': others, 1 of 2', or nothing. */
  readonly title: string;
  /** The baseline comes first. */
  readonly contenders: readonly ContenderResult[];
}

export function contenderGroups({ contenders, baseline }: Comparison): ContenderGroup[] {
  const ours = contenders.find(({ id }) => id === baseline)!;
  const rest = contenders.filter((contender) => contender !== ours);
  if (contenders.length <= SERIES_COLOURS) return [{ title: '', contenders: [ours, ...rest] }];
  const group = (title: string, some: readonly ContenderResult[]): ContenderGroup[] =>
    portions(some, SERIES_COLOURS - 1).map((part, i, { length }) => ({
      title: length === 1 ? title : `${title}, ${i + 1} of ${length}`,
      contenders: [ours, ...part],
    }));
  return [
    ...group(
      ': variants of ours',
      rest.filter((contender) => contender.ours),
    ),
    ...group(
      ': others',
      rest.filter((contender) => !contender.ours),
    ),
  ];
}
