/**
 * @file `idx:DIR`: IDX files, gzipped or not, under the names that MNIST, EMNIST and torchvision give them, or under names of one's
 * own. They lie in DIR, in DIR/raw or in DIR/NAME/raw.
 */
import { join } from 'node:path';
import { readIdx } from '../../data/idx.ts';
import { type ImageBytes, imagesOf, labelsOf } from '../../data/labelled-arrays.ts';
import { InputError } from '../../errors.ts';
import { readBytes } from '../files.ts';
import { entriesOf } from '../folder/list-pictures.ts';
import { type ArrayPart, arraySet } from './array-set.ts';
import { fourNames } from './four-names.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';

/** PREFIXtrain-images-idx3-ubyte.gz and its like. */
const NAME =
  /^(?<prefix>.*?)(?<part>train|t10k|test)[-_.](?<what>images|labels)(?:[-.]idx\d)?(?:[-.]ubyte)?(?:\.idx)?(?<gz>\.gz)?$/i;

type Role = 'train images' | 'train labels' | 'test images' | 'test labels';

/** @throws InputError when the files are not there, or belong to several sets */
export async function openIdxSet(path: string, options: OwnOptions): Promise<OwnSet> {
  const found = options.names ? givenFiles(path, options.names) : await findIdxFiles(path);
  const part = (images: Role, labels: Role): ArrayPart | null => {
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
        imagesOf(await readIdx(await readBytes(imagesPlace), imagesPlace), imagesPlace),
      labels: async () => labelsOf(await readIdx(await readBytes(labelsPlace), labelsPlace), labelsPlace),
    };
  };
  const train = part('train images', 'train labels');
  if (!train)
    throw new InputError(
      `${path}: expected training images, found only ${[...found.values()].join(', ')}; add them`,
    );
  return arraySet({ path, train, test: part('test images', 'test labels') }, options);
}

function givenFiles(path: string, names: readonly string[]): Map<Role, string> {
  const [trainImages, trainLabels, testImages, testLabels] = fourNames(path, names);
  const found = new Map<Role, string>([
    ['train images', join(path, trainImages)],
    ['train labels', join(path, trainLabels)],
  ]);
  if (testImages !== undefined) found.set('test images', join(path, testImages));
  if (testLabels !== undefined) found.set('test labels', join(path, testLabels));
  return found;
}

/** By role, from the first folder that has any; an unpacked file before a packed one. */
export async function findIdxFiles(path: string): Promise<Map<Role, string>> {
  const tried: string[] = [];
  for (const folder of await candidates(path)) {
    const { entries } = await entriesOf(folder);
    const sets = new Map<string, Map<Role, string>>();
    for (const { name } of entries) {
      const { prefix, part, what, gz } = NAME.exec(name)?.groups ?? {};
      if (prefix === undefined) continue;
      const role = `${part!.toLowerCase() === 'train' ? 'train' : 'test'} ${what!.toLowerCase()}` as Role;
      const own = sets.get(prefix) ?? new Map<Role, string>();
      sets.set(prefix, own);
      if (!own.has(role) || gz === undefined) own.set(role, join(folder, name));
    }
    if (sets.size > 1)
      throw new InputError(
        `${folder}: expected the files of one set, found those of ${[...sets.keys()].map((name) => name || '(no prefix)').join(', ')}; give the four names`,
      );
    for (const own of sets.values()) return own;
    tried.push(folder);
  }
  throw new InputError(
    `${path}: expected files like train-images-idx3-ubyte and train-labels-idx1-ubyte (or .gz), found none in ${tried.join(', ')}; give the four names`,
  );
}

/** The folder, its `raw`, and the `raw` of every folder in it. */
async function candidates(path: string): Promise<string[]> {
  const { entries } = await entriesOf(path);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found = [path];
  if (folders.includes('raw')) found.push(join(path, 'raw'));
  for (const name of folders) {
    if (name === 'raw') continue;
    const inside = await entriesOf(join(path, name));
    if (inside.entries.some((entry) => entry.name === 'raw' && entry.isDirectory()))
      found.push(join(path, name, 'raw'));
  }
  return found;
}
