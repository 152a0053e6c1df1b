/** @file Images and labels of IDX files, wherever their bytes come from. */
import { readIdx } from '../../data/idx.ts';
import { type ImageBytes, imagesOf, labelsOf } from '../../data/labelled-arrays.ts';
import { InputError } from '../../errors.ts';
import { type ArrayPart, arraySet } from './array-set.ts';
import type { IdxRole } from './idx-roles.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';

/**
 * @param found places of the files by their roles
 * @param read the bytes of a place
 * @throws InputError when images have no labels, or there are none to train with and no network that knows its classes
 */
export function idxSet(
  path: string,
  found: ReadonlyMap<IdxRole, string>,
  read: (place: string) => Promise<Uint8Array<ArrayBuffer>>,
  options: OwnOptions,
): OwnSet {
  const part = (images: IdxRole, labels: IdxRole): ArrayPart | null => {
    const [imagesPlace, labelsPlace] = [found.get(images), found.get(labels)];
    if (!imagesPlace && !labelsPlace) return null;
    if (!imagesPlace || !labelsPlace)
      throw new InputError(
        `${path}: expected ${images} and ${labels}, found only ${imagesPlace ?? labelsPlace}; add the other file`,
      );
    return {
      imagesPlace,
      labelsPlace,
      images: async (): Promise<ImageBytes> =>
        imagesOf(await readIdx(await read(imagesPlace), imagesPlace), imagesPlace),
      labels: async () => labelsOf(await readIdx(await read(labelsPlace), labelsPlace), labelsPlace),
    };
  };
  const test = part('test images', 'test labels');
  const train = part('train images', 'train labels');
  if (!train && test && options.learned?.classes !== undefined && options.split === undefined)
    return arraySet({ path, train: test, test: null }, options);
  if (!train)
    throw new InputError(
      `${path}: expected training images, found only ${[...found.values()].join(', ')}; add them`,
    );
  return arraySet({ path, train, test }, options);
}
