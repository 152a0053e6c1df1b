/**
 * @file The package's JavaScript in dist/lib: entries and the chunks that they share, all in one folder, so that a worker's module
 * lies beside whatever starts it. What a command loads when it runs stays a chunk of its own. Names and lines are kept, so that a
 * stack trace and a debugger show what one can read, each part under the name of its file in src/; so are the packages that it imports.
 */
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { DIST, ROOT } from './compile.ts';

/** Files of dist/lib by their sources. */
export const ENTRIES = {
  index: 'src/index.ts',
  node: 'src/node.ts',
  lane: 'src/memory/lane.ts',
  filler: 'src/data/prefetch/filler.ts',
  'decode-worker': 'src/io/folder/decode-worker.ts',
  main: 'src/cli/main.ts',
} as const;

/** How it is bundled. */
export const bundleOptions: BuildOptions = {
  absWorkingDir: ROOT,
  entryPoints: { ...ENTRIES },
  outdir: join(DIST, 'lib'),
  bundle: true,
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
  await build(bundleOptions);
}
