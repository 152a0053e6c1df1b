/**
 * @file What every thread does that decodes a folder: it draws a few files, reads, decodes and fits them, and goes on until there are
 * none. All threads write to one shared memory, each picture to its own place: who decoded what cannot be seen.
 */
import { readFileSync } from 'node:fs';
import { decodePicture } from '../../data/pictures/decode-picture.ts';
import { withChannels, withSize } from '../../data/pictures/fit-picture.ts';
import type { Picture, PictureDecoders } from '../../data/pictures/picture.ts';
import { InputError } from '../../errors.ts';
import { systemReason } from '../files.ts';

/** A folder to be decoded, as its threads share it. */
export interface DecodeTask {
  readonly files: readonly string[];
  /** [height, width] of the result. */
  readonly size: readonly [number, number];
  /** False: a picture of another size is an error. */
  readonly resize: boolean;
  /** Null: found; grey ones then leave two thirds of their place unused. */
  readonly channels: 1 | 3 | null;
  /** CONTROL. */
  readonly control: SharedArrayBuffer;
  /** `[files]`: FOUND. */
  readonly found: SharedArrayBuffer;
  /** [files, height, width, channels ?? 3] */
  readonly pixels: SharedArrayBuffer;
}

/** Next file to draw; the first file that failed, or how many files there are; files that are done. */
export const CONTROL = { next: 0, bad: 1, done: 2 } as const;
/** What became of a file. */
export const FOUND = { nothing: 0, grey: 1, colour: 3 } as const;

/** Files that are drawn at once. */
const DRAW = 16;

/** Draws once. @returns false when there was nothing left */
export function decodeSome(task: DecodeTask, decoders: PictureDecoders): boolean {
  const control = new Int32Array(task.control);
  const from = Atomics.add(control, CONTROL.next, DRAW);
  if (from >= task.files.length) return false;
  const to = Math.min(from + DRAW, task.files.length);
  for (let i = from; i < to && i < Atomics.load(control, CONTROL.bad); i++) {
    try {
      decodeInto(task, i, decoders);
    } catch {
      keepLeast(control, CONTROL.bad, i); // decoded once more by the calling thread, which then has the error
    }
  }
  Atomics.add(control, CONTROL.done, to - from);
  return true;
}

/** Decodes one file to its place. @throws InputError naming it */
export function decodeInto(task: DecodeTask, index: number, decoders: PictureDecoders): void {
  const { files, size, resize, channels } = task;
  const [height, width] = size;
  const path = files[index]!;
  const picture = readPicture(path, decoders);
  if (!resize && (picture.height !== height || picture.width !== width))
    throw new InputError(
      `${path}: expected ${height}x${width} pixels, as ${files[0]} has, found ${picture.height}x${picture.width}; give a size that all are brought to`,
      { code: 'sizes-differ' },
    );
  const fitted = withSize(channels === null ? picture : withChannels(picture, channels), height, width);
  const room = height * width * (channels ?? 3);
  new Uint8Array(task.pixels, index * room, room).set(fitted.data);
  new Uint8Array(task.found)[index] = picture.channels;
}

/** @throws InputError for a file that cannot be read or is no picture */
export function readPicture(path: string, decoders: PictureDecoders): Picture {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new InputError(`${path}: cannot be read (${systemReason(error)})`);
  }
  return decodePicture(bytes, path, decoders);
}

function keepLeast(control: Int32Array, at: number, value: number): void {
  for (let held = Atomics.load(control, at); value < held; ) {
    const found = Atomics.compareExchange(control, at, held, value);
    if (found === held) return;
    held = found;
  }
}
