/** @file PNG files of kinds that no encoder here writes. */
import { crc32 } from '../../src/data/zip.ts';

/** A PNG from its chunks, for kinds that the encoder does not write. */
export function png(
  header: readonly [width: number, height: number, depth: number, type: number],
  raw: Uint8Array,
  before: readonly (readonly [kind: string, bytes: Uint8Array])[] = [],
): Uint8Array {
  const word = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
  const chunk = (kind: string, bytes: Uint8Array): number[] => {
    const body = Uint8Array.from([...new TextEncoder().encode(kind), ...bytes]);
    return [...word(bytes.length), ...body, ...word(crc32(body))];
  };
  const [width, height, depth, type] = header;
  const head = Uint8Array.from([...word(width), ...word(height), depth, type, 0, 0, 0]);
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', head),
    ...before.flatMap(([kind, bytes]) => chunk(kind, bytes)),
    ...chunk('IDAT', raw),
    ...chunk('IEND', new Uint8Array(0)),
  ]);
}
