/** @file The digest of a value: the same whatever the order of the keys of its objects. */
import { bytesDigest } from '../io/digest.ts';

export function canonicalDigest(value: unknown): string {
  return bytesDigest(new TextEncoder().encode(canonical(value)), 'sha256');
}

/** JSON with the keys of every object in order. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
