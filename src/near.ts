/**
 * @file "Did you mean ...": the names closest to a mistyped one.
 */

/** Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}

/** Letters; a word of more is no slip of anything, and comparing it would take long. */
const LONGEST = 60;

/** The names that a typing slip away from `word`, or that continue it, nearest first; at most three. */
export function nearNames(word: string, names: readonly string[]): string[] {
  if (word.length > LONGEST) return [];
  const wanted = word.toLowerCase();
  return names
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .filter(
      ({ name, distance }) =>
        distance <= Math.max(1, Math.floor(Math.max(name.length, wanted.length) / 3)) ||
        (wanted.length >= 2 && (name.startsWith(wanted) || wanted.startsWith(name))),
    )
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** " (did you mean X or Y?)", or the whole choice when nothing is near. */
export function suggestion(word: string, names: readonly string[], mark = ''): string {
  const near = nearNames(word, names).map((name) => mark + name);
  if (near.length > 0) return `did you mean ${near.join(' or ')}?`;
  return `expected one of ${names.map((name) => mark + name).join(', ')}`;
}
