/**
 * @file Finds out before an hour of work that its result could not have been written.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../errors.ts';

/** @throws InputError when a file of that name could not be written; nothing is touched */
export function checkOutput(path: string): void {
  const folder = dirname(path);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new InputError(
      `${path}: cannot be written: expected a writable folder ${folder}, found none; create it`,
    );
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`${path}: cannot be written: expected a file name, found a folder`);
}
