/** @file Whether a file is a picture, by its first bytes: no command of ours makes one, so no result takes its place. */
import { isJpeg } from '../data/pictures/jpeg.ts';
import { isPng } from '../data/pictures/png.ts';
import { readBeginning } from './read-beginning.ts';

/** False for what is no PNG or JPEG file, cannot be read, or is not there. */
export function isPictureFile(path: string): boolean {
  const begin = readBeginning(path, 16);
  return begin !== null && (isPng(begin) || isJpeg(begin));
}
