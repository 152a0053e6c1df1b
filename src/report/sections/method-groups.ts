/**
 * @file The methods of a comparison in groups that one figure can hold, each beside the reference.
 */
import type { Comparison, MethodResult } from '../comparison.ts';
import { SERIES_COLOURS } from '../svg/colours.ts';
import { portions } from './portions.ts';

export interface MethodGroup {
  /** Ends a figure's title: ': other methods, 1 of 2', or nothing. */
  readonly title: string;
  /** The reference comes first. */
  readonly methods: readonly MethodResult[];
}

export function methodGroups({ methods, reference }: Comparison): MethodGroup[] {
  const ours = methods.find(({ id }) => id === reference)!;
  const rest = methods.filter((method) => method !== ours);
  if (methods.length <= SERIES_COLOURS) return [{ title: '', methods: [ours, ...rest] }];
  const group = (title: string, some: readonly MethodResult[]): MethodGroup[] =>
    portions(some, SERIES_COLOURS - 1).map((part, i, { length }) => ({
      title: length === 1 ? title : `${title}, ${i + 1} of ${length}`,
      methods: [ours, ...part],
    }));
  return [
    ...group(
      ': variants of ours',
      rest.filter((method) => method.ours),
    ),
    ...group(
      ': other methods',
      rest.filter((method) => !method.ours),
    ),
  ];
}
