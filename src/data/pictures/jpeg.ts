/**
 * @file JPEG: its markers are walked over first for size, number of components and a proper end; then jpeg-js decodes. An EXIF
 * orientation is not looked at: pixels come as they lie in the file.
 */
import { InputError } from '../../errors.ts';
import { type DecodedJpeg, MAX_PIXELS, type Picture, type PictureDecoders } from './picture.ts';

/** A block of 8 x 8 pixels takes one bit at least. */
const MOST_PIXELS_PER_BYTE = 512;

/** True when the bytes begin as a JPEG file does. */
export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/**
 * @param name the file to blame
 * @throws InputError for a file that is damaged, cut short, too large, or in four colours (CMYK)
 */
export function decodeJpeg(
  bytes: Uint8Array<ArrayBufferLike>,
  name: string,
  decode: NonNullable<PictureDecoders['jpeg']>,
): Picture {
  const { height, width, components } = frame(bytes, name);
  if (width === 0 || height === 0 || width * height > MAX_PIXELS)
    throw new InputError(
      `${name}: expected a JPEG of at most ${MAX_PIXELS} pixels, found ${height}x${width}; make it smaller`,
    );
  if (width * height > MOST_PIXELS_PER_BYTE * bytes.length)
    throw broken(name, `${bytes.length} bytes cannot hold ${height}x${width} pixels`);
  if (components !== 1 && components !== 3)
    throw new InputError(
      `${name}: expected a JPEG in grey or in three colours, found ${components} components (CMYK?); save it as RGB`,
    );
  let jpeg: DecodedJpeg;
  const maxResolutionInMP = MAX_PIXELS / 1e6;
  try {
    jpeg = decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP,
    });
  } catch (error) {
    throw broken(name, error instanceof Error ? error.message : String(error));
  }
  if (jpeg.width !== width || jpeg.height !== height || jpeg.data.length !== width * height * 3)
    throw broken(name, 'its size');
  if (components === 3) return { height, width, channels: 3, data: jpeg.data };
  return {
    height,
    width,
    channels: 1,
    data: Uint8Array.from({ length: width * height }, (_, i) => jpeg.data[3 * i]!),
  };
}

const broken = (name: string, why: string): InputError =>
  new InputError(`${name}: JPEG is damaged (${why.split('\n')[0]}); save it again or remove it`);

/** Size and components as the frame header says; the file has to reach its end marker. */
function frame(
  bytes: Uint8Array<ArrayBufferLike>,
  name: string,
): { readonly height: number; readonly width: number; readonly components: number } {
  const word = (at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
  let found: { height: number; width: number; components: number } | undefined;
  for (let at = 2; ; ) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    if (at + 4 > bytes.length || bytes[at] !== 0xff) throw broken(name, 'cut short before its pixels');
    const marker = bytes[at + 1]!;
    const length = word(at + 2);
    if (length < 2) throw broken(name, 'a segment without length');
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (at + 10 > bytes.length) throw broken(name, 'cut short in its header');
      if (![0xc0, 0xc1, 0xc2].includes(marker))
        throw new InputError(
          `${name}: expected a baseline or progressive JPEG, found a rarer kind; save it again`,
        );
      found = { height: word(at + 5), width: word(at + 7), components: bytes[at + 9]! };
    }
    at += 2 + length;
    if (marker !== 0xda) continue;
    if (!found) throw broken(name, 'no header before its pixels');
    for (let end = bytes.length - 2; end >= at; end--)
      if (bytes[end] === 0xff && bytes[end + 1] === 0xd9) return found;
    throw broken(name, 'cut short: no end marker');
  }
}
