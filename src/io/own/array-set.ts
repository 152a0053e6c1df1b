/**
 * @file Images and labels that come as arrays, from IDX or npz files: their parts paired, split where that is asked, and fitted.
 */
import { MAX_CLASSES } from '../../data/create-dataset.ts';
import type { ImageBytes } from '../../data/labelled-arrays.ts';
import { withChannels, withSize } from '../../data/pictures/fit-picture.ts';
import type { Picture } from '../../data/pictures/picture.ts';
import { type SplitBySeed, splitBySeed } from '../../data/split.ts';
import { InputError, UsageError } from '../../errors.ts';
import type { Labels } from '../../kernels/kernels.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { Split } from '../open-options.ts';
import type { OwnImages, OwnOptions, OwnSet } from './own-set.ts';

/** The arrays of one part and where they lie. */
export interface ArrayPart {
  readonly imagesPlace: string;
  readonly labelsPlace: string;
  images(): Promise<ImageBytes>;
  labels(): Promise<Labels>;
}

/** Both parts, or one alone: it is to be split, or a test set as a whole. */
export interface ArrayParts {
  readonly path: string;
  readonly train: ArrayPart;
  readonly test: ArrayPart | null;
  /** In the order of the labels. Default: classes have no names. */
  readonly classNames?: readonly string[];
}

/**
 * One part alone is a test set as a whole for a network that knows its classes.
 * @throws InputError when there is no test part, no split and no such network; UsageError when there is a test part and a split
 */
export function arraySet({ path, train, test, classNames = [] }: ArrayParts, options: OwnOptions): OwnSet {
  const { split, seed = 1 } = options;
  const known = options.learned?.classes;
  if (test && split !== undefined)
    throw new UsageError(
      `${path}: has test images already (${test.imagesPlace}); a split would change nothing`,
    );
  if (!test && split === undefined && known === undefined)
    throw new InputError(
      `${path}: expected images to test with beside ${train.imagesPlace}, found none; add them, or give a split`,
      { code: 'split-missing' },
    );
  const classes = once(async () => classesOf(await train.labels(), train.labelsPlace));
  // the few images of a test set may well be of some classes only
  const all = split === undefined && !test ? known : undefined;
  const wholePart = once(async () => paired(train, all ?? (await classes())));
  return {
    classes,
    classNames,
    async read(part, limit) {
      const own =
        part === 'test' && test ? await paired(test, known ?? (await classes())) : await wholePart();
      const chosen = split === undefined ? own : picked(own, part, { share: split, seed }, classNames);
      return fitted(limited(chosen, limit), options);
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Largest label and one; every class below has an image. */
function classesOf(labels: Labels, place: string): number {
  const seen = new Uint8Array(MAX_CLASSES);
  let classes = 0;
  for (let i = 0; i < labels.length; i++) {
    seen[labels[i]!] = 1;
    classes = Math.max(classes, labels[i]! + 1);
  }
  if (classes < 2)
    throw new InputError(
      `${place}: expected labels of at least 2 classes, found ${classes === 0 ? 'no label' : 'only class 0'}; check the labels`,
    );
  const empty = seen.indexOf(0);
  if (empty < classes && empty >= 0)
    throw new InputError(
      `${place}: expected images of every class from 0 to ${classes - 1}, found none of class ${empty}; count classes from 0 without gaps`,
    );
  return classes;
}

async function paired(part: ArrayPart, classes: number): Promise<OwnImages> {
  const { images, count, shape } = await part.images();
  refuseBits(images, part.imagesPlace);
  const labels = await part.labels();
  if (labels.length !== count)
    throw new InputError(
      `${part.labelsPlace}: ${labels.length} labels for ${count} images in ${part.imagesPlace}; give one label for each image`,
    );
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0)
    throw new InputError(
      `${part.labelsPlace}: label ${labels[wrong]} of image ${wrong} is not below the ${classes} classes that were learned; remove the image, or train with its class`,
    );
  return { images, labels, count, shape, place: part.imagesPlace };
}

/** @throws InputError for pixels of 0 and 1: among values up to 255 they would all be black */
function refuseBits(images: Uint8Array<ArrayBufferLike>, place: string): void {
  let largest = 0;
  for (let i = 0; i < images.length && largest < 2; i++) largest = Math.max(largest, images[i]!);
  if (largest === 1)
    throw new InputError(
      `${place}: expected pixel values from 0 to 255, found only 0 and 1, which are all but black; multiply them by 255`,
    );
}

function limited(all: OwnImages, limit: number | undefined): OwnImages {
  if (limit === undefined || limit >= all.count) return all;
  const images = all.images.subarray(0, limit * mapSize(all.shape));
  return { ...all, images, labels: all.labels.subarray(0, limit), count: limit };
}

function picked(all: OwnImages, part: Split, how: SplitBySeed, classNames: readonly string[]): OwnImages {
  const nameOf = (label: number): string => `${all.place}: class ${classNames[label] ?? label}`;
  const indices = splitBySeed(all.labels, how, nameOf)[part];
  const size = mapSize(all.shape);
  const images = new Uint8Array(indices.length * size);
  const labels = new Uint16Array(indices.length);
  indices.forEach((index, i) => {
    images.set(all.images.subarray(index * size, (index + 1) * size), i * size);
    labels[i] = all.labels[index]!;
  });
  return { ...all, images, labels, count: indices.length };
}

/** In the size and with the channels that are asked for. */
function fitted(all: OwnImages, { size, channels }: OwnOptions): OwnImages {
  const [height, width, had] = all.shape;
  const wanted = channels ?? (had as 1 | 3);
  const [toHeight, toWidth] = size ?? [height, width];
  if (wanted === had && toHeight === height && toWidth === width) return all;
  const bytes = mapSize(all.shape);
  const images = new Uint8Array(all.count * toHeight * toWidth * wanted);
  for (let i = 0; i < all.count; i++) {
    const data = all.images.subarray(i * bytes, (i + 1) * bytes);
    const picture: Picture = { height, width, channels: had as 1 | 3, data };
    images.set(
      withSize(withChannels(picture, wanted), toHeight, toWidth).data,
      i * toHeight * toWidth * wanted,
    );
  }
  return { ...all, images, shape: [toHeight, toWidth, wanted] };
}
