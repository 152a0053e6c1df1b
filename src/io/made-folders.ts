/** @file Folders that are made for a file, and removed again where nothing came of it. */
import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a folder and those above it. @returns takes back those that were made; one in which somebody has put something stays */
export function makeFolders(folder: string): () => void {
  const made = mkdirSync(folder, { recursive: true });
  return () => {
    if (made === undefined) return;
    try {
      for (let one = folder; one.length >= made.length; one = dirname(one)) rmdirSync(one);
    } catch {
      // not empty, or gone already
    }
  };
}
