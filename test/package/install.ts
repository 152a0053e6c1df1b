/** @file Packs strelu and installs it in an empty folder, with nothing else beside it. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './shell.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Installed {
  readonly root: string;
  /** A project that depends on strelu alone. */
  readonly project: string;
  /** Room for other tools. */
  readonly scratch: string;
  readonly tarball: string;
  readonly bytes: number;
}

/** Runs one check and prints its name with what it found. */
export type Check = (name: string, what: () => Promise<string | undefined>) => Promise<void>;

export async function install(folder: string): Promise<Installed> {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as [{ filename: string }];
  const tarball = join(folder, filename);
  const project = join(folder, 'project');
  await newProject(project, tarball);
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  return { root, project, scratch, tarball, bytes: statSync(tarball).size };
}

/** A folder with a package.json and the given packages. */
export async function newProject(folder: string, ...packages: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  if (packages.length > 0)
    await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder });
}
