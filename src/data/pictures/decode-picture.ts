/** @file One picture from the bytes of its file. What it is, its first bytes say, not its name. */
import { InputError } from '../../errors.ts';
import { decodeJpeg, isJpeg } from './jpeg.ts';
import type { Picture, PictureDecoders } from './picture.ts';
import { decodePng, isPng } from './png.ts';

/**
 * Decodes a PNG or JPEG file to 8-bit grey or colour. Transparent pixels lie on black; 16 bits are rounded to 8.
 * @param name the file to blame
 * @param decoders the packages that decode; `strelu/node` finds them itself
 * @throws InputError when it is neither, is damaged, or there is no decoder for it
 * @example
 * const bytes = fastPng.encode({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) }); // import * as fastPng from 'fast-png'
 * decodePicture(bytes, 'cat.png', { png: fastPng.decode }).data; // [0, 255]
 */
export function decodePicture(
  bytes: Uint8Array<ArrayBufferLike>,
  name: string,
  { png, jpeg }: PictureDecoders,
): Picture {
  if (isPng(bytes)) return decodePng(bytes, name, png ?? missing(name, 'PNG', 'fast-png'));
  if (isJpeg(bytes)) return decodeJpeg(bytes, name, jpeg ?? missing(name, 'JPEG', 'jpeg-js'));
  throw new InputError(
    `${name}: expected a PNG or JPEG picture, found ${found(bytes)}; convert it, or move it out of the folder`,
  );
}

function missing(name: string, kind: string, library: string): never {
  throw new InputError(`${name}: ${kind} files are decoded by the package ${library}; npm i ${library}`);
}

function found(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const hex = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `a file that begins with ${hex}`;
}
