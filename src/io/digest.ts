/**
 * @file Digests (SHA-256, MD5) of files and of bytes.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ManifestFile } from './manifest.ts';

/** Bytes that are read at once. */
const PIECE = 2 ** 20;

/** The digest of a file as hexadecimal digits. The file is read in pieces, so its size does not matter. */
async function fileDigest(path: string, name: 'sha256' | 'md5'): Promise<string> {
  const hash = createHash(name);
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE }))
    hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/** The digest of bytes as hexadecimal digits. */
export function bytesDigest(bytes: Uint8Array, name: 'sha256' | 'md5'): string {
  return createHash(name).update(bytes).digest('hex');
}

/** The SHA-256 of pieces, each after its name and its length, as hexadecimal digits. */
export function namedDigest(pieces: Iterable<readonly [name: string, bytes: Uint8Array]>): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of pieces) {
    hash.update(JSON.stringify([name, bytes.length]));
    hash.update(bytes);
  }
  return hash.digest('hex');
}

/** True when the file exists, is not empty, and has the size and the digest that the manifest states, where it does. */
export async function isWhole(path: string, expected: ManifestFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  const { bytes, digest } = expected;
  if (!found?.isFile() || found.size === 0 || (bytes !== null && found.size !== bytes)) return false;
  return digest === null || (await fileDigest(path, digest.name)) === digest.hex;
}
