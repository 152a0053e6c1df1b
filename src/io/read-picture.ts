/** @file One picture file. */
import { decodePicture } from '../data/pictures/decode-picture.ts';
import type { Picture } from '../data/pictures/picture.ts';
import { readBytes } from './files.ts';
import { loadDecoders } from './folder/decoders.ts';

/**
 * Reads a PNG or JPEG file; `withChannels` and `withSize` make it fit a network. Needs the package fast-png or jpeg-js.
 * @throws InputError when it cannot be read, is no picture or is damaged
 * @example
 * // const grey = withChannels(await readPicture('cat.png'), 1);
 */
export async function readPicture(path: string): Promise<Picture> {
  return decodePicture(await readBytes(path), path, await loadDecoders());
}
