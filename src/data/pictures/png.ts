/**
 * @file PNG: its chunks are walked over first, so that a header that claims too much, or a chunk that nobody asked for, never
 * reaches the decoder; then fast-png decodes, and what it gives becomes 8-bit grey or colour.
 */
import { InputError } from '../../errors.ts';
import { DEFLATE_RATIO } from '../gunzip.ts';
import { type DecodedPng, MAX_PIXELS, type Picture, type PictureDecoders } from './picture.ts';

/** The chunks that decide the pixels; all others (text, profiles, times) are left out. */
const DECISIVE = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Channels of each colour type: grey, colour, palette, grey and alpha, colour and alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** True when the bytes begin as a PNG file does. */
export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/**
 * @param name the file to blame
 * @throws InputError for a file that is damaged, cut short or too large
 */
export function decodePng(
  bytes: Uint8Array<ArrayBufferLike>,
  name: string,
  decode: NonNullable<PictureDecoders['png']>,
): Picture {
  const kept = decisiveChunks(bytes, name);
  let png: DecodedPng;
  try {
    png = decode(kept, { checkCrc: true });
  } catch (error) {
    throw broken(name, error instanceof Error ? error.message : String(error));
  }
  const { width, height, channels, depth, data } = png;
  const perRow = depth < 8 ? Math.ceil((width * channels * depth) / 8) : width * channels;
  if (data.length !== height * perRow) throw broken(name, `${data.length} of ${height * perRow} values`);
  return { height, width, ...opaque(png, name) };
}

const broken = (name: string, why: string): InputError =>
  new InputError(`${name}: PNG is damaged (${why.split('\n')[0]}); save it again or remove it`);

/** The file without the chunks that do not decide its pixels. */
function decisiveChunks(bytes: Uint8Array<ArrayBufferLike>, name: string): Uint8Array<ArrayBufferLike> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const spans: [from: number, to: number][] = [[0, 8]];
  let [at, packed, ended] = [8, 0, false];
  if (bytes.length < 33 || view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452)
    throw broken(name, 'no header');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, type] = [bytes[24]!, bytes[25]!];
  if (width === 0 || height === 0 || width * height > MAX_PIXELS)
    throw new InputError(
      `${name}: expected a PNG of at most ${MAX_PIXELS} pixels, found ${height}x${width}; make it smaller`,
    );
  while (!ended) {
    if (at + 12 > bytes.length) throw broken(name, 'cut short');
    const next = at + 12 + view.getUint32(at);
    if (next > bytes.length) throw broken(name, 'cut short');
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === 'IDAT') packed += next - at - 12;
    if (DECISIVE.has(kind)) {
      const last = spans.at(-1)!;
      if (last[1] === at) last[1] = next;
      else spans.push([at, next]);
    }
    ended = kind === 'IEND';
    at = next;
  }
  const raw = height * (1 + Math.ceil((width * (CHANNELS[type] ?? 4) * depth) / 8));
  if (packed === 0 || raw > DEFLATE_RATIO * packed || packed > 2 * raw + 4096)
    throw broken(name, `${packed} compressed bytes for ${height}x${width} pixels`);
  if (spans.length === 1) return spans[0]![1] === bytes.length ? bytes : bytes.subarray(0, spans[0]![1]);
  const kept = new Uint8Array(spans.reduce((sum, [from, to]) => sum + to - from, 0));
  let end = 0;
  for (const [from, to] of spans) {
    kept.set(bytes.subarray(from, to), end);
    end += to - from;
  }
  return kept;
}

/** 8-bit grey or colour; what is transparent lies on black. */
function opaque(png: DecodedPng, name: string): Pick<Picture, 'channels' | 'data'> {
  const { palette, channels } = png;
  const pixels = png.width * png.height;
  const values = png.depth < 8 ? unpacked(png) : png.data;
  if (palette && channels === 1) return fromPalette(values, pixels, palette, name);
  const colours = channels < 3 ? 1 : 3;
  const most = 2 ** png.depth - 1;
  const alpha = channels === 2 || channels === 4;
  const key = alpha ? undefined : png.transparency;
  if (!alpha && !key && png.depth === 8) return { channels: colours, data: Uint8Array.from(values) };
  const data = new Uint8Array(pixels * colours);
  for (let i = 0; i < pixels; i++) {
    const at = i * channels;
    let share = alpha ? values[at + colours]! / most : 1;
    if (key?.length === colours && key.every((value, c) => values[at + c] === value)) share = 0;
    for (let c = 0; c < colours; c++)
      data[i * colours + c] = Math.round((255 * values[at + c]! * share) / most);
  }
  return { channels: colours, data };
}

/** Values of 1, 2 or 4 bits, one to a byte; every row begins with a new byte. */
function unpacked({ data, depth, width, height, channels }: DecodedPng): Uint8Array {
  const inRow = width * channels;
  const bytesOfRow = Math.ceil((inRow * depth) / 8);
  const out = new Uint8Array(inRow * height);
  for (let row = 0; row < height; row++)
    for (let i = 0; i < inRow; i++) {
      const bit = i * depth;
      const byte = data[row * bytesOfRow + (bit >> 3)]!;
      out[row * inRow + i] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
    }
  return out;
}

/** Grey where every colour of the palette is. */
function fromPalette(
  indices: ArrayLike<number>,
  pixels: number,
  palette: NonNullable<DecodedPng['palette']>,
  name: string,
): Pick<Picture, 'channels' | 'data'> {
  const channels = palette.every(([r, g, b]) => r === g && g === b) ? 1 : 3;
  const colours = palette.map((entry) => {
    const share = (entry[3] ?? 255) / 255;
    return entry.slice(0, channels).map((value) => Math.round(value * share));
  });
  const data = new Uint8Array(pixels * channels);
  for (let i = 0; i < pixels; i++) {
    const colour = colours[indices[i]!];
    if (!colour) throw broken(name, `colour ${indices[i]} of a palette of ${palette.length}`);
    data.set(colour, i * channels);
  }
  return { channels, data };
}
