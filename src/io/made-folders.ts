/**
 * @file Folders that are made for a file, and removed again where nothing came of it: another command may be about to use the one that
 * is removed, and has to make it anew.
 */
import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './files.ts';

/** How often an act is tried whose folder goes meanwhile. */
const ATTEMPTS = 100;

/**
 * Whether a folder went between two system calls: there is no such file, or, of a folder that was there when it should be made and gone
 * when it was looked at, something of that name lies there.
 */
export const folderWent = (error: unknown): boolean => ['ENOENT', 'EEXIST'].includes(errorCode(error));

/** Does `act` again as long as a folder that it makes or uses goes meanwhile. @throws what `act` throws in the end */
export function persist<T>(act: () => T): T {
  for (let attempt = 1; ; attempt++)
    try {
      return act();
    } catch (error) {
      if (!folderWent(error) || attempt === ATTEMPTS) throw error;
    }
}

/**
 * Makes a folder and does in it what keeps it from going again. Where that fails none is left of those that were made.
 * @returns takes back those that were made; one in which somebody has put something stays
 */
export function withFolders(folder: string, act: () => void): () => void {
  return persist(() => {
    const unmake = makeFolders(folder);
    try {
      act();
      return unmake;
    } catch (error) {
      unmake();
      throw error;
    }
  });
}

/**
 * Makes a folder and those above it, one by one: of several at once Node says where it may not make them that they are not there, and in
 * /proc it tries for ever.
 * @returns takes back those that were made; one in which somebody has put something stays
 * @throws the system's error, when none of them is left
 */
export function makeFolders(folder: string): () => void {
  const missing: string[] = [];
  for (let one = folder; !existsSync(one) && dirname(one) !== one; one = dirname(one)) missing.push(one);
  const made: string[] = [];
  const unmake = (): void => {
    try {
      for (const one of made.reverse()) rmdirSync(one);
    } catch {
      // not empty, or gone already
    }
  };
  try {
    for (const one of missing.reverse()) if (makeOne(one)) made.push(one);
    return unmake;
  } catch (error) {
    unmake();
    throw error;
  }
}

/** @returns whether it was made: another command may have done so meanwhile */
function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
    return false;
  }
}
