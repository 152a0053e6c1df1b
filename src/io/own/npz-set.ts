/** @file The arrays of an npz file as images and labels, wherever its bytes come from. */
import { imagesOf, labelsOf } from '../../data/labelled-arrays.ts';
import { decodeNpz } from '../../data/npz.ts';
import { InputError } from '../../errors.ts';
import { type ArrayPart, arraySet } from './array-set.ts';
import { fourNames } from './four-names.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';

const USUAL = ['x_train', 'y_train', 'x_test', 'y_test'] as const;

/** @throws InputError when the file is no npz, or lacks an array */
export function npzSet(path: string, bytes: Uint8Array<ArrayBufferLike>, options: OwnOptions): OwnSet {
  const npz = decodeNpz(bytes, path);
  const [trainImages, trainLabels, testImages, testLabels] = options.names
    ? fourNames(path, options.names)
    : USUAL;
  const part = (images: string, labels: string): ArrayPart => {
    for (const name of [images, labels])
      if (!npz.names.includes(name))
        throw new InputError(
          `${path}: expected an array ${name}, found ${npz.names.join(', ') || 'none'}; give the names of yours`,
        );
    const [imagesPlace, labelsPlace] = [`${path}: ${images}`, `${path}: ${labels}`];
    return {
      imagesPlace,
      labelsPlace,
      images: async () => imagesOf(await npz.array(images), imagesPlace),
      labels: async () => labelsOf(await npz.array(labels), labelsPlace),
    };
  };
  const has = (...names: (string | undefined)[]): boolean => names.some((name) => npz.names.includes(name!));
  const { learned, names, split } = options;
  if (!names && learned?.classes !== undefined && split === undefined && !has(trainImages, trainLabels))
    return arraySet({ path, train: part(testImages!, testLabels!), test: null }, options);
  const optional = !names && !has(testImages, testLabels);
  const hasTest = testImages !== undefined && testLabels !== undefined && !optional;
  return arraySet(
    {
      path,
      train: part(trainImages, trainLabels),
      test: hasTest ? part(testImages, testLabels) : null,
    },
    options,
  );
}
