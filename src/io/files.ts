/**
 * @file Reading files, with errors that a user can act on.
 */
import { readFile, stat } from 'node:fs/promises';
import { InputError } from '../errors.ts';
import { parseJson } from '../format/parse-json.ts';

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
    EEXIST: 'something of that name lies there',
    ENAMETOOLONG: 'the name is too long',
    ELOOP: 'its links lead round in a circle',
    EDQUOT: "the user's share of the disk is used up",
    EMFILE: 'too many files are open',
    EIO: 'the device failed',
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
 * The value of a JSON file. A byte order mark in front, which some editors put there, is passed over.
 * @throws InputError when the file is missing, not JSON, or JSON that says two things at once
 */
export async function readJson(path: string): Promise<unknown> {
  return jsonOf(await readBytes(path), path);
}

/** The same of bytes that were read already. */
export function jsonOf(bytes: Uint8Array<ArrayBufferLike>, path: string): unknown {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return parseJson(marked ? bytes.subarray(3) : bytes, (fact) => {
    throw new InputError(`${path}: ${fact}`);
  });
}

/** True when the path is a regular file. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
