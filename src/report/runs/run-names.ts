/**
 * @file What a report calls its runs: the file's name without its ending, with as much of its folders as tells them apart.
 */

/** As many names as paths, all different; paths that are the same get a number. */
export function runNames(paths: readonly string[]): string[] {
  const parts = paths.map((path) =>
    path
      .replace(/\.json$/i, '')
      .split(/[\\/]+/)
      .filter((part) => part !== '' && part !== '.'),
  );
  const tail = (i: number, depth: number): string => parts[i]!.slice(-depth).join('/');
  const names = paths.map((_, i) => {
    let depth = 1;
    while (depth < parts[i]!.length && paths.some((_, j) => j !== i && tail(j, depth) === tail(i, depth)))
      depth++;
    return tail(i, depth);
  });
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((one) => one === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
