/**
 * Some of a list in few words: neighbours in it as a range.
 * @example
 * ranges([1, 2, 4, 16], [1, 2, 4, 8, 16]); // '1 to 4, 16'; none is '-'
 */
export function ranges(some: readonly number[], all: readonly number[]): string {
  const runs: number[][] = [];
  for (const t of all)
    if (some.includes(t)) {
      const before = all[all.indexOf(t) - 1];
      const run = runs.at(-1);
      if (run && run.at(-1) === before) run.push(t);
      else runs.push([t]);
    }
  const words = runs.map((run) => (run.length === 1 ? String(run[0]) : `${run[0]} to ${run.at(-1)}`));
  return words.join(', ') || '-';
}
