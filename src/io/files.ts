/**
 * @file Reading files, with errors that a user can act on.
 */
import { readFile, stat } from 'node:fs/promises';
import { InputError } from '../errors.ts';

/** The code of a failed system call, such as ENOENT; '' for any other error. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Why a system call failed, in words, without the stack and without the path. */
export function systemReason(error: unknown): string {
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'no such file',
    ENOTDIR: 'a part of its path is not a directory',
    EISDIR: 'is a directory, not a file',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    ENOSPC: 'no space left on the device',
    EROFS: 'the file system is read-only',
  };
  const message = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  return known[errorCode(error)] ?? message;
}

/**
 * All bytes of a file.
 * @throws InputError naming the file when it cannot be read
 */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const bytes = await readFile(path);
    return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    throw new InputError(`${path}: cannot be read (${systemReason(error)})`);
  }
}

/**
 * The value of a JSON file.
 * @throws InputError naming the file when it is missing or not JSON
 */
export async function readJson(path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(path));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path}: is not JSON (${systemReason(error)})`);
  }
}

/** True when the path is a regular file. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
