/**
 * @file Finds out before an hour of work that its result could not have been written, by doing what the write will do: a file of the
 * temporary name is made where the result will lie, and removed again. Where its folder is missing, a folder of such a name stands in
 * for it: what one command makes for its check is never what another one finds, and loses.
 */
import { closeSync, lstatSync, mkdirSync, openSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { InputError } from '../errors.ts';
import { errorCode, systemReason } from './files.ts';
import { persist } from './made-folders.ts';
import { realPlace } from './real-place.ts';
import { notAFolder } from './require-folder.ts';
import { sweepNow, temporaryName } from './temporary-name.ts';

/** @throws InputError when a file of that name could not be written; nothing of the attempt is left */
export function checkOutput(path: string): void {
  const refuse = (expected: string): never => {
    throw new InputError(`${path}: cannot be written: expected ${expected}; choose another place`);
  };
  if (path.endsWith('/') || path.endsWith(sep)) refuse("a file's name, found a folder's");
  const target = realPlace(path);
  const found = look(target);
  if (found === 'folder') refuse('a file name, found a folder');
  if (found === 'device') return; // /dev/null, a pipe
  if (found === null && target.startsWith('/proc/')) refuse('a place on a disk');
  const folder = dirname(target);
  const file = notAFolder(folder);
  if (file !== null) refuse(`${file} to be a folder, found a file`);
  try {
    persist(() => tryToWrite(folder, target));
  } catch (error) {
    if (errorCode(error) === 'ENAMETOOLONG') refuse('a shorter name, or a shorter path');
    refuse(`${nearestFolder(folder)} to be a writable folder (${systemReason(error)})`);
  }
}

/** @throws the system's error */
function tryToWrite(folder: string, target: string): void {
  const there = nearestFolder(folder);
  const missing = relative(there, target).split(sep);
  for (const name of missing) lstatSync(join(there, name), { throwIfNoEntry: false }); // one that is too long
  for (const path of [target, temporaryName(target)]) lstatSync(path, { throwIfNoEntry: false }); // a path that is
  const first = join(there, missing[0]!);
  const standIn = temporaryName(first);
  if (missing.length === 1) {
    closeSync(openSync(standIn, 'wx'));
    rmSync(standIn);
  } else {
    mkdirSync(standIn);
    rmdirSync(standIn);
  }
  sweepNow(there, first); // what was left here by attempts that were killed
}

function look(path: string): 'folder' | 'file' | 'device' | null {
  try {
    const found = statSync(path);
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'device';
  } catch {
    return null;
  }
}

/** The nearest part of a path that there is. */
function nearestFolder(path: string): string {
  let folder = path;
  while (dirname(folder) !== folder) {
    try {
      lstatSync(folder);
      return folder;
    } catch {
      folder = dirname(folder);
    }
  }
  return folder;
}
