/** @file How much a page takes on: more is for the command line, which has the machine for itself. */
import { InputError } from '../../../errors.ts';

interface Most {
  readonly files: number;
  /** Of all files together, unpacked. */
  readonly bytes: number;
  /** Of the pixels of all images together. */
  readonly pixels: number;
  /** Height and width of an image. */
  readonly side: number;
  readonly classes: number;
}

export const MOST: Most = {
  files: 20_000,
  bytes: 256 * 2 ** 20,
  pixels: 64 * 2 ** 20,
  side: 64,
  classes: 100,
};

/** What pictures are brought to that are larger, or not all alike. */
export const USUAL_SIZE: readonly [number, number] = [32, 32];

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

/** @throws InputError where a number of bytes is more than the page takes on */
export function refuseLarge(what: string, found: number, most: number): void {
  if (found <= most) return;
  throw new InputError(
    `${what}: this page takes at most ${mebibytes(most)}, found ${mebibytes(found)}; take fewer images, a smaller size, or train by strelu train`,
  );
}
