/** @file Which file of a folder imports which: every relative import and re-export, those of types included. */
import { readdir, readFile } from 'node:fs/promises';

/** For each file the files that it imports. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** All TypeScript files below `root` (a folder's address, with a slash at its end), by their paths from there. */
export async function importsBelow(root: URL): Promise<Imports> {
  const files = (await readdir(root, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?<!\.d)\.ts$/.test(file))
    .sort();
  const imports = new Map<string, readonly string[]>();
  for (const file of files) {
    const url = new URL(file, root);
    const text = await readFile(url, 'utf8');
    const targets = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) =>
      new URL(target!, url).href.slice(root.href.length),
    );
    imports.set(file, targets);
  }
  return imports;
}

/** A shortest circle of imports, its first file repeated at the end; undefined if there is none. */
export function findCircle(imports: Imports): readonly string[] | undefined {
  let shortest: readonly string[] | undefined;
  for (const start of imports.keys()) {
    const circle = pathBack(imports, start);
    if (circle && (!shortest || circle.length < shortest.length)) shortest = circle;
  }
  return shortest;
}

/** The shortest way from a file along its imports back to itself: breadth first. */
function pathBack(imports: Imports, start: string): readonly string[] | undefined {
  const seen = new Set<string>();
  let paths: string[][] = [[start]];
  while (paths.length > 0) {
    const longer: string[][] = [];
    for (const path of paths) {
      for (const target of imports.get(path.at(-1)!) ?? []) {
        if (target === start) return [...path, start];
        if (seen.has(target)) continue;
        seen.add(target);
        longer.push([...path, target]);
      }
    }
    paths = longer;
  }
  return undefined;
}
