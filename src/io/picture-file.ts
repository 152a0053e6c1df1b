/** @file Whether a file is a picture, by its first bytes: no command of ours makes one, so no result takes its place. */
import { closeSync, openSync, readSync } from 'node:fs';
import { isJpeg } from '../data/pictures/jpeg.ts';
import { isPng } from '../data/pictures/png.ts';

/** False for what is no PNG or JPEG file, cannot be read, or is not there. */
export function isPictureFile(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const begin = new Uint8Array(16);
    readSync(file, begin, 0, begin.length, 0);
    return isPng(begin) || isJpeg(begin);
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
