/**
 * @file The names of files that are being written. No two writers ever have the same one, whatever their targets, processes and
 * machines; and a name tells whether its writer is still there, so that what a killed one left can be removed.
 *
 *     .BEGINNING.TARGET.MACHINE.PROCESS-RANDOM.partial      TARGET and MACHINE: digests of the whole names
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { isRunning } from './processes.ts';
import { realPlace } from './real-place.ts';

const ENDING = '.partial';
/** Letters of the target's name that are shown. At three bytes each they leave room for the rest in the 255 of a file system. */
const SHOWN = 60;

const PATTERN =
  /^\..*\.(?<target>[0-9a-f]{12})\.(?<machine>[0-9a-f]{8})\.(?<writer>\d+)-[0-9a-f]{16}\.partial$/s;

const digest = (text: string, letters: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, letters);

const MACHINE = digest(hostname(), 8);

/** A name beside `target` that no other writer has. */
export function temporaryName(target: string): string {
  const name = basename(target);
  const parts = [
    name.slice(0, SHOWN),
    digest(name, 12),
    MACHINE,
    `${process.pid}-${randomBytes(8).toString('hex')}`,
  ];
  return join(dirname(target), `.${parts.join('.')}${ENDING}`);
}

/** Removes what killed writers of this very file left beside it. */
export async function removeLeftovers(path: string): Promise<void> {
  const target = realPlace(path);
  await sweepFolder(dirname(target), target);
}

/**
 * Removes what killed writers left in a folder. What a process that still runs writes, or one of another machine, stays.
 * @param target only what was to become this file; default: whatever it was to become
 */
export async function sweepFolder(folder: string, target?: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (isLeftover(name, target))
      await rm(join(folder, name), { force: true })
        .catch(() => rmdir(join(folder, name)))
        .catch(() => undefined);
}

/** The same at once, for what was to become this file: where nothing else may happen in between. */
export function sweepNow(folder: string, target: string): void {
  try {
    for (const name of readdirSync(folder)) if (isLeftover(name, target)) removeNow(join(folder, name));
  } catch {
    // a folder that may be written to and not read keeps them
  }
}

/** A file, or the folder that stood in for a missing one: nothing lies in that. */
function removeNow(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    rmdirSync(path);
  }
}

/** Whether a killed writer of this machine left a file of this name. */
function isLeftover(name: string, target: string | undefined): boolean {
  const found = PATTERN.exec(name)?.groups;
  if (!found || found.machine !== MACHINE) return false;
  if (target !== undefined && found.target !== digest(basename(target), 12)) return false;
  return !isRunning(Number(found.writer));
}
