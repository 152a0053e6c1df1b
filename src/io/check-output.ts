/**
 * @file Finds out before an hour of work that its result could not have been written.
 */
import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../errors.ts';

/**
 * Nothing is touched; folders that are missing will be made when the file is written.
 * @throws InputError when a file of that name could not be written
 */
export function checkOutput(path: string): void {
  if (look(path)?.isDirectory())
    throw new InputError(`${path}: cannot be written: expected a file name, found a folder`);
  let folder = dirname(path);
  while (!look(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (!look(folder)?.isDirectory() || !isWritable(folder))
    throw new InputError(
      `${path}: cannot be written: expected ${folder} to be a writable folder; choose another place`,
    );
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
