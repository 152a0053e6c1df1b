/** @file The first bytes of a file, read at once: enough to tell what it is. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';

/**
 * Up to `count` bytes from `from` on; fewer where the file ends before. Null for what is no regular file (a pipe would be waited for),
 * cannot be read, or is not there.
 */
export function readBeginning(path: string, count: number, from = 0): Uint8Array<ArrayBuffer> | null {
  let file: number | undefined;
  try {
    if (!statSync(path).isFile()) return null;
    file = openSync(path, 'r');
    const bytes = new Uint8Array(count);
    return bytes.subarray(0, readSync(file, bytes, 0, count, from));
  } catch {
    return null;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
