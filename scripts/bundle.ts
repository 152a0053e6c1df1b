/**
 * @file The package's JavaScript in dist/lib: entries and the chunks that they share, all in one folder, so that a worker's module
 * lies beside whatever starts it. What a command loads when it runs stays a chunk of its own. Names are kept and so are the packages
 * that it imports; source maps lead to src/, which is in the package.
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
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
};

/** Writes dist/lib. */
export async function bundle(): Promise<void> {
  await build(bundleOptions);
}
