/**
 * @file Finds out before an hour of work that its result could not have been written.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../errors.ts';

/**
 * Nothing is touched; folders that are missing will be made when the file is written.
 * @throws InputError when a file of that name could not be written
 */
export function checkOutput(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`${path}: cannot be written: expected a file name, found a folder`);
  let folder = dirname(path);
  while (!statSync(folder, { throwIfNoEntry: false }) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    if (!statSync(folder).isDirectory()) throw new Error();
    accessSync(folder, constants.W_OK);
  } catch {
    throw new InputError(
      `${path}: cannot be written: expected ${folder} to be a writable folder; choose another place`,
    );
  }
}
