/**
 * @file Pictures sorted into class folders, wherever they lie: which class is which, and which pictures train and which test. They come
 * class by class in turn, so that the first images of a set are some of every class.
 */
import { MAX_CLASSES } from '../../data/create-dataset.ts';
import { splitBySeed } from '../../data/split.ts';
import { InputError } from '../../errors.ts';
import type { PictureFolder } from '../folder/list-pictures.ts';
import type { Split } from '../open-options.ts';
import type { OwnOptions } from './own-set.ts';

/** Files of one part, and the class of each. */
export interface ClassFiles {
  readonly files: readonly string[];
  readonly labels: readonly number[];
}

/** The classes of the training part, and the files of either part. */
export interface SortedPictures {
  readonly classNames: readonly string[];
  readonly parts: (part: Split) => ClassFiles;
  readonly hidden: number;
}

/** A folder for either part. */
export function bothParts(train: PictureFolder, test: PictureFolder, options: OwnOptions): SortedPictures {
  const classNames = namesOf(train, options);
  return {
    classNames,
    hidden: train.hidden + test.hidden,
    parts: (part) => inTurn(part === 'train' ? train : test, classNames),
  };
}

/** One folder for both: split, or no more than a test set of a network that knows its classes. */
export function wholePart(path: string, whole: PictureFolder, options: OwnOptions): SortedPictures {
  const { split, seed = 1 } = options;
  const { hidden } = whole;
  const classNames = namesOf(whole, options);
  const all = inTurn(whole, classNames);
  if (split === undefined) {
    const classes = knownClasses(options);
    if (classes !== null && classes !== classNames.length)
      throw new InputError(
        `${path}: expected a folder for each of the ${classes} classes of the network, in the order of their names, found ${classNames.length}: ${shortList(classNames)}; give every class its folder`,
      );
    if (classes !== null) return { classNames, hidden, parts: () => all };
    throw notDivided(path, `class folders ${shortList(classNames)}`);
  }
  const { train, test } = splitBySeed(
    all.labels,
    { share: split, seed },
    (label) => `${path}/${classNames[label]!}`,
  );
  const pick = (indices: readonly number[]): ClassFiles => ({
    files: indices.map((i) => all.files[i]!),
    labels: indices.map((i) => all.labels[i]!),
  });
  return { classNames, hidden, parts: (part) => pick(part === 'train' ? train : test) };
}

/** How many classes the network has that the images are for; null where there is none, or it does not know how they are normalised. */
export const knownClasses = ({ learned }: OwnOptions): number | null =>
  learned?.classNames?.length ?? learned?.classes ?? null;

export const notDivided = (path: string, found: string): InputError =>
  new InputError(
    `${path}: expected folders train and test, found ${found}; sort the pictures into both, or give a split`,
    { code: 'split-missing' },
  );

/** Names of classes in the order of their labels: as they were learned, or else those of the training folder. */
function namesOf({ path, classes }: PictureFolder, { learned }: OwnOptions): readonly string[] {
  const found = classes.map(({ name }) => name);
  if (learned?.classNames) return learned.classNames;
  if (found.length < 2 || found.length > MAX_CLASSES)
    throw new InputError(
      `${path}: expected a folder for each of 2 to ${MAX_CLASSES} classes, found ${found.length === 1 ? `only ${found[0]}` : found.length}; sort the pictures into class folders`,
    );
  return found;
}

/** The first picture of every class, then the second of every class that has one, and so on. */
function inTurn({ path, classes }: PictureFolder, classNames: readonly string[]): ClassFiles {
  const unknown = classes.find(({ name }) => !classNames.includes(name));
  if (unknown)
    throw new InputError(
      `${path}/${unknown.name}: expected classes ${shortList(classNames)}, found ${unknown.name}; remove the folder, or train with it`,
    );
  const most = Math.max(0, ...classes.map(({ files }) => files.length));
  const labelOf = new Map(classNames.map((name, label) => [name, label]));
  const files: string[] = [];
  const labels: number[] = [];
  for (let k = 0; k < most; k++)
    for (const { name, files: own } of classes) {
      if (k >= own.length) continue;
      files.push(own[k]!);
      labels.push(labelOf.get(name)!);
    }
  if (files.length === 0) throw new InputError(`${path}: expected class folders with pictures, found none`);
  return { files, labels };
}

const shortList = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 8).join(', ')}, ...` : names.join(', ');
