/**
 * @file Finds out before an hour of work that its result could not have been written, by doing what the write will do: a file of the
 * temporary name is made where the result will lie, and removed again, with the folders that had to be made for it.
 */
import { closeSync, lstatSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { InputError } from '../errors.ts';
import { errorCode, systemReason } from './files.ts';
import { makeFolders } from './made-folders.ts';
import { realPlace } from './real-place.ts';
import { notAFolder } from './require-folder.ts';
import { sweepNow, temporaryName } from './temporary-name.ts';

/** How often a place is tried whose folder goes meanwhile. */
const ATTEMPTS = 10;

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
  for (let attempt = 1; ; attempt++)
    try {
      tryToWrite(folder, target);
      return;
    } catch (error) {
      // another command that finds out the same may have made the folder, and removed it meanwhile
      if (errorCode(error) === 'ENOENT' && attempt < ATTEMPTS) continue;
      if (errorCode(error) === 'ENAMETOOLONG') refuse('a shorter name, or a shorter path');
      refuse(`${nearestFolder(folder)} to be a writable folder (${systemReason(error)})`);
    }
}

/** @throws the system's error */
function tryToWrite(folder: string, target: string): void {
  let unmake: (() => void) | undefined;
  try {
    unmake = makeFolders(folder);
    lstatSync(target, { throwIfNoEntry: false }); // a name that is too long
    const temporary = temporaryName(target);
    closeSync(openSync(temporary, 'wx'));
    rmSync(temporary);
    sweepNow(folder, target); // attempts that were killed: a folder's file of no name is never written
  } finally {
    unmake?.();
  }
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
