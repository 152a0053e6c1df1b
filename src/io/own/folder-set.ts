/**
 * @file `folder:DIR`: DIR/train/CLASS/PICTURE and DIR/test/CLASS/PICTURE, or DIR/CLASS/PICTURE with a split. Images come class by
 * class in turn, so that the first images of a set are some of every class.
 */
import { join } from 'node:path';
import { MAX_CLASSES } from '../../data/create-dataset.ts';
import { splitBySeed } from '../../data/split.ts';
import { InputError, UsageError } from '../../errors.ts';
import { decodePictures } from '../folder/decode-pictures.ts';
import { entriesOf, listPictures, type PictureFolder } from '../folder/list-pictures.ts';
import type { Split } from '../open-options.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';

/** Files of one part, and the class of each. */
interface Part {
  readonly files: readonly string[];
  readonly labels: readonly number[];
}

/** @throws InputError naming what is wrong with the folder; no picture has been looked at yet */
export async function openFolderSet(path: string, options: OwnOptions): Promise<OwnSet> {
  const { classNames, parts, hidden } = await partsOf(path, options);
  if (hidden > 0) options.log?.(`folder:${path}: ${hidden} hidden files passed over`);
  return {
    classNames,
    classes: async () => classNames.length,
    async read(part, limit) {
      const { files, labels } = parts(part);
      const some = files.slice(0, limit);
      const { size, channels, learned, decoders: threads } = options;
      const known = learned?.mean.length;
      const wanted = channels ?? (known === 3 ? 3 : undefined);
      const { images, shape, firstInColour } = await decodePictures({
        files: some,
        size,
        channels: wanted,
        threads,
      });
      if (known === 1 && wanted === undefined && firstInColour !== null)
        throw new InputError(
          `${firstInColour}: expected grey pictures, as those that were learned, found one in colour; ask for one channel`,
        );
      const classes = some.map((_, i) => labels[i]!);
      const typed = classNames.length > 256 ? Uint16Array.from(classes) : Uint8Array.from(classes);
      return { images, labels: typed, count: some.length, shape, place: path };
    },
  };
}

/** The classes of the training part, and the files of either part. */
async function partsOf(
  path: string,
  options: OwnOptions,
): Promise<{
  readonly classNames: readonly string[];
  readonly parts: (part: Split) => Part;
  readonly hidden: number;
}> {
  const { split, learned, seed = 1 } = options;
  const { entries, hidden } = await entriesOf(path);
  const names = entries.map(({ name }) => name);
  const trainFolder = names.includes('train') ? join(path, 'train') : null;
  const testFolder = names.includes('test') ? join(path, 'test') : null;
  if (trainFolder && testFolder) {
    if (names.length > 2)
      throw new InputError(
        `${join(path, names.find((name) => name !== 'train' && name !== 'test')!)}: expected train and test alone in ${path}; move it out`,
      );
    if (split !== undefined)
      throw new UsageError(`${path}: has folders train and test already; a split would change nothing`);
    const [train, test] = [await listPictures(trainFolder, path), await listPictures(testFolder, path)];
    const classNames = namesOf(train, options);
    return {
      classNames,
      hidden: hidden + train.hidden + test.hidden,
      parts: (part) => inTurn(part === 'train' ? train : test, classNames),
    };
  }
  const alone = names.length === 1 ? (trainFolder ?? testFolder) : null;
  if (alone && split === undefined && !learned?.classNames) throw notDivided(path, `only ${names[0]}`);
  const whole = await listPictures(alone ?? path, path);
  const classNames = namesOf(whole, options);
  const all = inTurn(whole, classNames);
  if (split === undefined) {
    // A network that knows its classes can be tried on a folder that is no more than a test set.
    if (learned?.classNames) return { classNames, hidden: whole.hidden, parts: () => all };
    throw notDivided(path, `class folders ${shortList(classNames)}`);
  }
  const { train, test } = splitBySeed(all.labels, { share: split, seed }, (label) =>
    join(path, classNames[label]!),
  );
  const pick = (indices: readonly number[]): Part => ({
    files: indices.map((i) => all.files[i]!),
    labels: indices.map((i) => all.labels[i]!),
  });
  return {
    classNames,
    hidden: whole.hidden,
    parts: (part) => pick(part === 'train' ? train : test),
  };
}

const notDivided = (path: string, found: string): InputError =>
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
function inTurn({ path, classes }: PictureFolder, classNames: readonly string[]): Part {
  const unknown = classes.find(({ name }) => !classNames.includes(name));
  if (unknown)
    throw new InputError(
      `${join(path, unknown.name)}: expected classes ${shortList(classNames)}, found ${unknown.name}; remove the folder, or train with it`,
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
