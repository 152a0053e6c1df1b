/**
 * @file Digests of files, read piece by piece.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ManifestFile } from './manifest.ts';

export async function fileDigest(path: string, name: 'sha256' | 'md5'): Promise<string> {
  const hash = createHash(name);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

export function bytesDigest(bytes: Uint8Array, name: 'sha256' | 'md5'): string {
  return createHash(name).update(bytes).digest('hex');
}

/** Whether the file is there with the size and the digest that the manifest states. */
export async function isWhole(path: string, expected: ManifestFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size !== expected.bytes) return false;
  return (await fileDigest(path, expected.digest.name)) === expected.digest.hex;
}
