/**
 * @file How images of one's own are read, in the words that options and files have for it: flat, so that a file can be read as the
 * command that made it.
 */
import { beyondUnitScale } from '../data/unit-scale.ts';
import { UsageError } from '../errors.ts';
import type { OpenOptions } from '../io/open-options.ts';

/** Null: not said. */
export interface DataWords {
  /** Share of the images that trains. */
  readonly split: number | null;
  /** '32x32': height and width that all are brought to. */
  readonly size: string | null;
  readonly channels: 1 | 3 | null;
  /** 'images,labels,images,labels': arrays of an npz file, or IDX files. */
  readonly names: string | null;
  /** '0.5,0.5,0.5': of value / 255, per channel. */
  readonly mean: string | null;
  readonly std: string | null;
}

export const NO_DATA_WORDS: DataWords = {
  split: null,
  size: null,
  channels: null,
  names: null,
  mean: null,
  std: null,
};

/** The names of the words. */
export const DATA_WORDS = Object.keys(NO_DATA_WORDS) as readonly (keyof DataWords)[];

/** The words among others. */
export function dataWordsOf(words: DataWords): DataWords {
  const { split, size, channels, names, mean, std } = words;
  return { split, size, channels, names, mean, std };
}

/** @throws UsageError that says what was expected */
export function parseSize(text: string): readonly [height: number, width: number] {
  const [, height, width] = /^([1-9]\d{0,3})x([1-9]\d{0,3})$/.exec(text) ?? [];
  if (height !== undefined && width !== undefined) return [Number(height), Number(width)];
  throw new UsageError(`expected height and width as 32x32, found "${text}"`);
}

/** @throws UsageError that says what was expected */
export function parseNumbers(text: string): number[] {
  const found = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if ((found.length !== 1 && found.length !== 3) || !found.every(Number.isFinite))
    throw new UsageError(`expected one number, or three with commas between them, found "${text}"`);
  const beyond = beyondUnitScale(found);
  if (beyond !== null) throw new UsageError(beyond);
  return found;
}

/** True for two or four names with commas between them. */
export const isNames = (text: string): boolean => /^[^,]+,[^,]+(,[^,]+,[^,]+)?$/.test(text);

/** As `parseNumbers`, each above 0. */
export function parsePositive(text: string): number[] {
  const found = parseNumbers(text);
  if (found.every((value) => value > 0)) return found;
  throw new UsageError(`expected numbers above 0, found "${text}"`);
}

/** What a data set is opened with; nothing where nothing is said. */
export function openOptionsOf({ split, size, channels, names, mean, std }: DataWords): Partial<OpenOptions> {
  return {
    ...(split !== null && { split }),
    ...(size !== null && { size: parseSize(size) }),
    ...(channels !== null && { channels }),
    ...(names !== null && { names: names.split(',').map((name) => name.trim()) }),
    ...(mean !== null && { mean: parseNumbers(mean) }),
    ...(std !== null && { deviation: parsePositive(std) }),
  };
}
