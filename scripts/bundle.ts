/**
 * @file The package's JavaScript in dist/lib: entries and the chunks that they share, all in one folder, so that a worker's module
 * lies beside whatever starts it. What a command loads when it runs stays a chunk of its own. It is minified; maps lead each line of
 * the library back to the sources in the package: `node --enable-source-maps`, debuggers and bundlers read them. The command line has
 * neither sources nor maps there.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { DIST, ROOT } from './compile.ts';
import { type Entry, type SourceMap, withEntries } from './source-map.ts';

/** Files of dist/lib by their sources: what programs import, the modules of threads, and what bundlers may leave out. */
const LIBRARY = {
  index: 'src/index.ts',
  node: 'src/node.ts',
  lane: 'src/memory/lane.ts',
  filler: 'src/data/prefetch/filler.ts',
  'decode-worker': 'src/io/folder/decode-worker.ts',
  ndarray: 'src/platform/ndarray.ts',
} as const;

/** All files of dist/lib: these and the command line, whose threads check what it verifies. */
export const ENTRIES: Readonly<Record<string, string>> = {
  ...LIBRARY,
  checker: 'src/lab/verify/checker.ts',
  main: 'src/cli/main.ts',
};

/** How they are bundled. */
export const bundleOptions: BuildOptions & { metafile: true } = {
  absWorkingDir: ROOT,
  entryPoints: { ...ENTRIES },
  outdir: join(DIST, 'lib'),
  bundle: true,
  minify: true,
  metafile: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  target: 'node20',
  packages: 'external',
  external: ['node:*'],
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
};

/** Writes dist/lib. */
export async function bundle(): Promise<void> {
  const { metafile } = await build({ ...bundleOptions, sourcemap: 'linked', sourcesContent: false });
  const entries = Object.keys(LIBRARY).map((name) => `dist/lib/${name}.js`);
  const library = loadedWith(metafile, entries, () => true);
  for (const file of Object.keys(metafile.outputs).filter((name) => name.endsWith('.js'))) {
    const path = join(ROOT, file);
    if (library.includes(file)) thinMap(`${path}.map`);
    else withoutMap(path);
  }
}

/** Entries of dist/lib, and every file that they import in one of the wanted ways. */
export function loadedWith(
  { outputs }: Metafile,
  entries: readonly string[],
  wanted: (kind: string) => boolean,
): string[] {
  const found = new Set(entries);
  for (const path of found)
    for (const { path: next, kind, external } of outputs[path]!.imports)
      if (wanted(kind) && !external) found.add(next);
  return [...found];
}

function thinMap(path: string): void {
  const map = JSON.parse(readFileSync(path, 'utf8')) as SourceMap;
  writeFileSync(path, JSON.stringify(withEntries(map, (lines) => lines.map(oncePerLine))));
}

function withoutMap(path: string): void {
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/\n\/\/# sourceMappingURL=.*\n$/, '\n'));
  rmSync(`${path}.map`);
}

/** The entries of a line at which the line of the source changes. */
const oncePerLine = (entries: readonly Entry[]): Entry[] =>
  entries.filter((entry, i) => {
    const before = entries[i - 1];
    return entry.source !== before?.source || entry.sourceLine !== before.sourceLine;
  });
