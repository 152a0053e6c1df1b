/**
 * @file All or nothing: a file is written under another name, forced to the disk, then renamed. Whatever happens,
 * what was there before stays whole, and no half file is left.
 */
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { InputError } from '../errors.ts';
import { errorCode, systemReason } from './files.ts';

let written = 0;
const pending = new Set<Promise<void>>();

/** Resolves once no write is under way any more: a program that ends before that would lose what it was about to replace. */
export async function writesSettled(): Promise<void> {
  await Promise.allSettled(pending);
}

/**
 * Writes text (UTF-8) or bytes (one piece or several) to `path`; the folder is made when missing.
 * @throws InputError naming the file when it cannot be written
 * @example
 * await writeAtomic(`${folder}/notes.txt`, 'T = 8');
 */
export async function writeAtomic(path: string, content: FileContent): Promise<void> {
  const write = replaceFile(path, content);
  pending.add(write);
  try {
    await write;
  } finally {
    pending.delete(write);
  }
}

/** What a file can hold: text (UTF-8), or bytes in one piece or several. */
export type FileContent = string | Uint8Array<ArrayBufferLike> | readonly Uint8Array<ArrayBufferLike>[];

async function replaceFile(path: string, content: FileContent): Promise<void> {
  const target = await realpath(path).catch(() => path); // a link stays a link
  let temporary: string | undefined;
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  let file: FileHandle | undefined;
  try {
    if (await isDevice(target)) {
      for (const piece of pieces) await writeFile(target, piece);
      return;
    }
    await mkdir(dirname(target), { recursive: true });
    while (file === undefined) {
      const name = `${leftoverPrefix(target)}${process.pid}-${++written}${ENDING}`;
      temporary = join(dirname(target), name);
      file = await open(temporary, 'wx').catch((error: unknown) => {
        // what a killed process of the same number left
        if (errorCode(error) === 'EEXIST') return undefined;
        throw error;
      });
    }
    for (const piece of pieces) await file.writeFile(piece);
    await file.sync();
    await file.close();
    file = undefined;
    await rename(temporary!, target);
  } catch (error) {
    await file?.close().catch(() => undefined);
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    throw new InputError(`${path}: cannot be written (${systemReason(error)}); nothing was changed`);
  }
}

/** Removes what killed writers of this very file left beside it; nobody may be writing it now. */
export async function removeLeftovers(path: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const names = await readdir(dirname(target)).catch(() => []);
  const left = names.filter((name) => name.startsWith(leftoverPrefix(target)) && name.endsWith(ENDING));
  for (const name of left) await rm(join(dirname(target), name), { force: true }).catch(() => undefined);
}

const ENDING = '.partial';
/** How much of the target's name goes into the temporary one: with its number it must not exceed what a file system allows. */
const LONGEST_PREFIX = 100;

const leftoverPrefix = (target: string): string => `.${basename(target).slice(0, LONGEST_PREFIX)}.`;

/** /dev/null, a pipe...: there is nothing to keep whole, and it must not be replaced by a file. */
async function isDevice(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}
