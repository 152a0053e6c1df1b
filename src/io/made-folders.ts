/**
 * @file Folders that are made for a file, and removed again where nothing came of it: another command may be about to use the one that
 * is removed, and has to make it anew.
 */
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './files.ts';

/** How often an act is tried whose folder goes meanwhile. */
export const FOLDER_ATTEMPTS = 100;

/**
 * Whether a folder went between two system calls: there is no such file, or, of a folder that was there when it should be made and gone
 * when it was looked at, something of that name lies there.
 */
export const folderWent = (error: unknown): boolean => ['ENOENT', 'EEXIST'].includes(errorCode(error));

/** Does `act`, which makes the folders it needs, again as long as one of them goes meanwhile. @throws what `act` throws in the end */
export function persist<T>(act: () => T): T {
  for (let attempt = 1; ; attempt++)
    try {
      return act();
    } catch (error) {
      if (!folderWent(error) || attempt === FOLDER_ATTEMPTS) throw error;
    }
}

/** Makes a folder and those above it. @returns takes back those that were made; one in which somebody has put something stays */
export function makeFolders(folder: string): () => void {
  const made = mkdirAll(folder);
  return () => {
    if (made === undefined) return;
    try {
      for (let one = folder; one.length >= made.length; one = dirname(one)) rmdirSync(one);
    } catch {
      // not empty, or gone already
    }
  };
}

/** Where a file system is read-only, Node says of several folders at once that they are not there: the first of them says why. */
function mkdirAll(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    let first = folder;
    while (!existsSync(dirname(first)) && dirname(first) !== first) first = dirname(first);
    if (!existsSync(first)) tryFolder(first);
    throw error;
  }
}

/** @throws what stands in the way of a folder */
function tryFolder(folder: string): void {
  mkdirSync(folder);
  rmdirSync(folder);
}
