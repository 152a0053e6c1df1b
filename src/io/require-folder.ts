/** @file A path that has to lead to a folder, said before the system says it in its own words. */
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../errors.ts';
import { systemReason } from './files.ts';
import { makeFolders, persist } from './made-folders.ts';

/**
 * The nearest part of a path that is there and is no folder: nothing can lie below it. Null where there is none.
 * @example
 * notAFolder('runs'); // null, for a folder and for nothing
 */
export function notAFolder(path: string): string | null {
  let place = resolve(path);
  for (;;) {
    try {
      return statSync(place).isDirectory() ? null : place;
    } catch {
      if (dirname(place) === place) return null;
      place = dirname(place);
    }
  }
}

/**
 * A path at which there is nothing passes.
 * @param name what the user calls it, such as an option
 * @throws InputError naming what lies where a folder is expected
 */
export function requireFolder(path: string, name = ''): void {
  const found = notAFolder(path);
  if (found === null) return;
  const below = found === resolve(path) ? '' : ` at ${found}`;
  throw new InputError(
    `${name === '' ? '' : `${name} `}${path}: expected a folder, found a file${below}; name a folder`,
  );
}

/** Makes a folder and those above it. @throws InputError naming it, with what was found, when that cannot be */
export async function makeFolder(path: string): Promise<void> {
  requireFolder(path);
  try {
    persist(() => makeFolders(path));
  } catch (error) {
    throw new InputError(
      `${path}: expected a folder that can be made (${systemReason(error)}); choose another place`,
    );
  }
}
