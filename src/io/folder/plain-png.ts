/**
 * @file The PNG files that most folders are full of (8 bits, no palette, no transparent colour, not interlaced), decoded by the
 * platform's own zlib: several times as fast as fast-png, which decodes all others and is what this is tested against.
 */
import * as zlib from 'node:zlib';
import type { DecodedPng } from '../../data/pictures/picture.ts';
import { crc32 as plainCrc32 } from '../../data/zip.ts';

/** Of zlib where it has one: Node from 20.15 on. */
const crc32: (bytes: Uint8Array) => number = zlib.crc32 ?? plainCrc32;

/** Channels of the colour types grey, colour, grey and alpha, colour and alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };
const [IDAT, IEND, TRNS] = [0x49444154, 0x49454e44, 0x74524e53];

/**
 * @param bytes chunks that are whole, as decodePng has found them to be
 * @returns null where it is another kind of PNG
 * @throws Error when it is damaged
 */
export function decodePlainPng(bytes: Uint8Array): DecodedPng | null {
  const channels = CHANNELS[bytes[25]!];
  const [depth, compression, filter, interlace] = [bytes[24], bytes[26], bytes[27], bytes[28]];
  if (depth !== 8 || !channels || compression !== 0 || filter !== 0 || interlace !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const parts: Uint8Array[] = [];
  for (let at = 8; ; ) {
    const length = view.getUint32(at);
    const kind = view.getUint32(at + 4);
    if (kind === TRNS) return null;
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
      throw new Error('the checksum of a chunk is wrong');
    if (kind === IDAT) parts.push(bytes.subarray(at + 8, at + 8 + length));
    if (kind === IEND) break;
    at += 12 + length;
  }
  const row = width * channels;
  const size = height * (row + 1);
  const packed = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  const raw = zlib.inflateSync(packed, { maxOutputLength: size });
  if (raw.length !== size) throw new Error(`${raw.length} of ${size} bytes of pixels`);
  const data = new Uint8Array(height * row);
  for (let y = 0; y < height; y++) unfilter(raw, y * (row + 1), data, y * row, row, channels);
  return { width, height, channels, depth, data };
}

/**
 * One row: its filter says from which neighbours (left, above, above left) every byte is predicted.
 * @param from where the row with its filter begins in `raw`
 * @param to where it begins in `data`
 */
function unfilter(
  raw: Uint8Array,
  from: number,
  data: Uint8Array,
  to: number,
  row: number,
  channels: number,
): void {
  const filter = raw[from]!;
  const before = from + 1 - to; // raw[before + at] stands for data[at]
  const above = to === 0 ? null : row; // nothing is above the first row
  const end = to + row;
  const left = (at: number): number => (at - to < channels ? 0 : data[at - channels]!);
  const up = (at: number): number => (above === null ? 0 : data[at - above]!);
  const corner = (at: number): number =>
    above === null || at - to < channels ? 0 : data[at - above - channels]!;
  switch (filter) {
    case 0:
      data.set(raw.subarray(from + 1, from + 1 + row), to);
      return;
    case 1:
      for (let at = to; at < end; at++) data[at] = raw[before + at]! + left(at);
      return;
    case 2:
      for (let at = to; at < end; at++) data[at] = raw[before + at]! + up(at);
      return;
    case 3:
      for (let at = to; at < end; at++) data[at] = raw[before + at]! + ((left(at) + up(at)) >> 1);
      return;
    case 4:
      for (let at = to; at < end; at++) data[at] = raw[before + at]! + paeth(left(at), up(at), corner(at));
      return;
    default:
      throw new Error(`filter ${filter} is unknown`);
  }
}

/** The neighbour that is nearest to left + above - above left; of equals the first of left, above, above left. */
function paeth(a: number, b: number, c: number): number {
  const da = Math.abs(b - c);
  const db = Math.abs(a - c);
  const dc = Math.abs(a + b - 2 * c);
  if (da <= db && da <= dc) return a;
  return db <= dc ? b : c;
}
