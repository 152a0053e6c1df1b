/** @file Whether two names are of one data set: files and folders of one's own may be spelt in many ways. */
import { ownSource } from './dataset-names.ts';
import { fileNumber, realPlace } from './real-place.ts';

/**
 * True for two paths that lead to one file or folder, through links, in any spelling, and by hard links.
 * @example
 * samePlace('data/digits.csv', './data/../data/digits.csv'); // true
 */
export function samePlace(a: string, b: string): boolean {
  const [here, there] = [realPlace(a), realPlace(b)];
  if (here === there) return true;
  const number = fileNumber(here);
  return number !== null && number === fileNumber(there);
}

/** True for the same name, and for one's own data of one kind at one place. */
export function sameSource(a: string, b: string): boolean {
  if (a === b) return true;
  const [own, other] = [ownSource(a), ownSource(b)];
  return own !== null && own.kind === other?.kind && samePlace(own.path, other.path);
}
