/** @file Writes ZIP archives: the opposite of what src/data/zip.ts reads. */
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/data/zip.ts';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @param deflate false: stored as they are. @param wide sizes and offsets in the 64-bit extra field, as NumPy may write them */
export function packZip(
  entries: readonly ZipEntry[],
  { deflate = true, wide = false }: { readonly deflate?: boolean; readonly wide?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const push = (bytes: Uint8Array): void => {
    parts.push(bytes);
    at += bytes.length;
  };
  for (const { name, bytes } of entries) {
    const text = new TextEncoder().encode(name);
    const content = deflate ? new Uint8Array(deflateRawSync(bytes)) : bytes;
    const begin = at;
    const method = deflate ? 8 : 0;
    const sizes = [crc32(bytes), content.length, bytes.length];
    push(fields('0x04034b50', [20, 0, method, 0, 0], sizes, [text.length, 0]));
    push(text);
    push(content);
    const extra = wide ? wideExtra([bytes.length, content.length, begin]) : new Uint8Array(0);
    const full = 0xffffffff;
    const shown = wide ? [sizes[0]!, full, full] : sizes;
    directory.push(
      fields('0x02014b50', [20, 20, 0, method, 0, 0], shown, [text.length, extra.length, 0, 0, 0]),
      words([0, wide ? full : begin]),
      text,
      extra,
    );
  }
  const begin = at;
  for (const part of directory) push(part);
  push(fields('0x06054b50', [0, 0, entries.length, entries.length], [at - begin, begin], [0]));
  const whole = new Uint8Array(at);
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

/** A signature, 16-bit, 32-bit, then 16-bit fields. */
function fields(
  signature: string,
  first: readonly number[],
  middle: readonly number[],
  last: readonly number[],
): Uint8Array {
  const halves = (values: readonly number[]): number[] => values.flatMap((v) => [v & 255, v >> 8]);
  return Uint8Array.from([
    ...words([Number(signature)]),
    ...halves(first),
    ...words(middle),
    ...halves(last),
  ]);
}

const words = (values: readonly number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((v) => [v & 255, (v >>> 8) & 255, (v >>> 16) & 255, v >>> 24]));

const wideExtra = (values: readonly number[]): Uint8Array =>
  Uint8Array.from([1, 0, 8 * values.length, 0, ...values.flatMap((v) => [...words([v]), 0, 0, 0, 0])]);
