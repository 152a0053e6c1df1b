/** @file The TypeScript compiler, run with the build's settings. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('../', import.meta.url));
export const DIST: string = join(ROOT, 'dist');

/** Runs the compiler on tsconfig.build.json with these words; its messages are printed. */
export function compile(...words: string[]): void {
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = ['--project', join(ROOT, 'tsconfig.build.json')];
  execFileSync(process.execPath, [compiler, ...project, ...words], { stdio: 'inherit' });
}
