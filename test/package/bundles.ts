/** @file The page of fixtures.ts as four bundlers make it; each ends in a folder, or a server, that a browser can visit. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HTML, page } from './fixtures.ts';
import { type Installed, newProject } from './install.ts';
import { run } from './shell.ts';

export interface Bundle {
  readonly name: string;
  /** Served by the test, with the headers that it chooses. */
  readonly folder?: string;
  /** Served by the bundler itself, isolated. */
  readonly address?: string;
  readonly stop?: () => void;
}

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const DEV_PORT = 41_700 + (process.pid % 200);

/** Installs the bundlers once; then each makes the same page. */
export async function bundles({ scratch, tarball }: Installed): Promise<Bundle[]> {
  const home = join(scratch, 'bundlers');
  await newProject(home, tarball, 'vite@8', 'esbuild@0.28', 'webpack@5', 'webpack-cli@7');
  const bin = (name: string): string => join(home, 'node_modules', '.bin', name);
  const sources = (name: string, script: string, workerUrl?: string): string => {
    const folder = join(home, name);
    mkdirSync(folder);
    for (const file of ['page.js', 'inside.js']) writeFileSync(join(folder, file), page(workerUrl));
    writeFileSync(join(folder, 'index.html'), HTML(script));
    return folder;
  };

  const vite = sources('vite', './page.js');
  const config = `export default { base: './', build: { target: 'es2022' }, worker: { format: 'es' }, server: { headers: ${JSON.stringify(ISOLATED)} } };\n`;
  writeFileSync(join(vite, 'vite.config.js'), config);
  await run(bin('vite'), ['build', '--logLevel', 'error'], { cwd: vite });

  const esbuild = sources('esbuild', './page.js', "new URL('./lane.js', import.meta.url)");
  const esbuildWords = ['--bundle', '--format=esm', '--outdir=dist', '--log-level=error'];
  await run(bin('esbuild'), ['page.js', 'inside.js', 'lane=strelu/lane', ...esbuildWords], { cwd: esbuild });
  cpSync(join(esbuild, 'index.html'), join(esbuild, 'dist', 'index.html'));

  const webpack = sources('webpack', './main.js');
  await run(bin('webpack'), ['--mode', 'production', '--entry', './page.js'], { cwd: webpack });
  cpSync(join(webpack, 'index.html'), join(webpack, 'dist', 'index.html'));

  const dev = sources('vite-dev', './page.js');
  writeFileSync(join(dev, 'vite.config.js'), config);
  const words = ['--port', String(DEV_PORT), '--strictPort', '--host', '127.0.0.1', '--logLevel', 'error'];
  const server = spawn(bin('vite'), words, { cwd: dev, stdio: 'ignore' });
  return [
    { name: 'Vite, built', folder: join(vite, 'dist') },
    { name: 'esbuild', folder: join(esbuild, 'dist') },
    { name: 'webpack', folder: join(webpack, 'dist') },
    { name: 'Vite, served', address: `http://127.0.0.1:${DEV_PORT}/`, stop: () => void server.kill() },
  ];
}
