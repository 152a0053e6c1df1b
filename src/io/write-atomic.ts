/**
 * @file All or nothing: a file is written under another name, forced to the disk, then renamed, and the folder is forced to the disk
 * too. Whatever happens, what was there before stays whole, and no half file is left; what an earlier writer of the same file left
 * when it was killed is removed. A file that is replaced keeps its mode.
 */
import { closeSync, openSync } from 'node:fs';
import { type FileHandle, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../errors.ts';
import { systemReason } from './files.ts';
import { folderWent, withFolders } from './made-folders.ts';
import { realPlace } from './real-place.ts';
import { removeLeftovers, temporaryName } from './temporary-name.ts';

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
  await watched(replaceFile(path, content, true));
}

/**
 * The same for a copy of what lies safely elsewhere and is compared with it: nothing is forced to the disk, which takes long, and a power
 * cut may lose it.
 * @throws InputError naming the file when it cannot be written
 */
export async function writeCopy(path: string, content: FileContent): Promise<void> {
  await watched(replaceFile(path, content, false));
}

async function watched(write: Promise<void>): Promise<void> {
  pending.add(write);
  try {
    await write;
  } finally {
    pending.delete(write);
  }
}

/** What a file can hold: text (UTF-8), or bytes in one piece or several. */
export type FileContent = string | Uint8Array<ArrayBufferLike> | readonly Uint8Array<ArrayBufferLike>[];

/** How often a file is begun anew whose folder went while it was written. */
const ATTEMPTS = 3;

async function replaceFile(
  path: string,
  content: FileContent,
  isForced: boolean,
  attempts = ATTEMPTS,
): Promise<void> {
  const target = realPlace(path); // a link stays a link
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  const temporary = temporaryName(target);
  let file: FileHandle | undefined;
  let unmake: (() => void) | undefined;
  try {
    const before = await stat(target).catch(() => undefined);
    // /dev/null, a pipe...: there is nothing to keep whole, and it must not be replaced by a file
    if (before && !before.isFile() && !before.isDirectory()) {
      for (const piece of pieces) await writeFile(target, piece);
      return;
    }
    unmake = withFolders(dirname(target), () => closeSync(openSync(temporary, 'wx')));
    file = await open(temporary, 'r+');
    if (before?.isFile()) await file.chmod(before.mode & 0o7777);
    for (const piece of pieces) await file.writeFile(piece);
    if (isForced) await file.sync();
    await file.close();
    file = undefined;
    await rename(temporary, target);
    if (isForced) await syncFolder(dirname(target));
    await removeLeftovers(target);
  } catch (error) {
    await file?.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    unmake?.();
    if (folderWent(error) && attempts > 1) return replaceFile(path, content, isForced, attempts - 1);
    throw new InputError(`${path}: cannot be written (${systemReason(error)}); nothing was changed`);
  }
}

/** The new name outlives a power cut too. Where folders cannot be opened (Windows) the system sees to that itself. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
