/** @file Strict TypeScript consumers of the installed package, without skipLibCheck, in three ways of resolving modules. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TYPES } from './fixtures.ts';
import type { Check, Installed } from './install.ts';
import { run } from './shell.ts';

const WAYS = [
  { name: 'module', file: 'types.ts', options: { module: 'nodenext', moduleResolution: 'nodenext' } },
  { name: 'bundler', file: 'types.ts', options: { module: 'esnext', moduleResolution: 'bundler' } },
  { name: 'CommonJS', file: 'types.cts', options: { module: 'node16', moduleResolution: 'node16' } },
] as const;

export async function types({ project, root }: Installed, check: Check): Promise<void> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const { name, file, options } of WAYS) {
    writeFileSync(join(project, file), TYPES);
    const compilerOptions = {
      ...options,
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: 'es2023',
      lib: ['es2024', 'esnext.disposable', 'dom'],
      types: [],
    };
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: [file] }, null, 2),
    );
    await check(`strict TypeScript, ${name}`, async () => {
      await run(process.execPath, [compiler, '--project', project], { cwd: project });
      return undefined;
    });
  }
}
