/** @file The command line as a program of its own, for what it starts: from source, built, or in the package, where all modules lie in one folder. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function ownProgram(): readonly [string, ...string[]] {
  const places = ['./main.ts', './main.js'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const main = places.find((path) => existsSync(path))!;
  const isDeno = 'Deno' in globalThis;
  return isDeno ? [process.execPath, 'run', '--allow-all', main] : [process.execPath, main];
}
