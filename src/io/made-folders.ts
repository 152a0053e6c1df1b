/** @file Folders that are made for a file, and removed again where nothing came of it. */
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

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
