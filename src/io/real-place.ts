/**
 * @file Where a path leads, whether there is a file yet or not: through every link, a link to nothing included.
 */
import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../errors.ts';

/** As many links in a row as operating systems follow. */
const MOST_LINKS = 40;

/**
 * The one spelling of the place that a write to `path` reaches; two paths to one place give the same.
 * @example
 * realPlace('runs/../runs/./m.safetensors') === realPlace('runs/m.safetensors'); // true
 */
export function realPlace(path: string, links = 0): string {
  const whole = fromHere(path);
  try {
    return realpathSync(whole);
  } catch {
    if (links < MOST_LINKS && isLink(whole))
      return realPlace(resolve(dirname(whole), readlinkSync(whole)), links + 1);
    const parent = dirname(whole);
    return parent === whole ? whole : join(realPlace(parent, links), basename(whole));
  }
}

/** @throws InputError where the working folder was removed before the program looked */
function fromHere(path: string): string {
  try {
    return resolve(path);
  } catch {
    throw new InputError(
      `${path}: the working folder is gone; change to another folder, or give whole paths`,
    );
  }
}

/** Device and number of a file that exists: hard links have the same. Null for what is no regular file: a device, nothing. */
export function fileNumber(path: string): string | null {
  try {
    const found = statSync(path, { bigint: true });
    return found.isFile() && found.ino !== 0n ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null; // not there, or below a file
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
