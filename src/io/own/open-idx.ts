/**
 * @file `idx:DIR`: IDX files, gzipped or not, under the names that MNIST, EMNIST and torchvision give them, or under names of one's
 * own. They lie in DIR, in DIR/raw or in DIR/NAME/raw.
 */
import { join } from 'node:path';
import { InputError } from '../../errors.ts';
import { readBytes } from '../files.ts';
import { entriesOf } from '../folder/list-pictures.ts';
import { fourNames } from './four-names.ts';
import { type IdxRole, idxRoles } from './idx-roles.ts';
import { idxSet } from './idx-set.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';
import { refuseOneForTwo } from './two-parts.ts';

/** @throws InputError when the files are not there, or belong to several sets */
export async function openIdxSet(path: string, options: OwnOptions): Promise<OwnSet> {
  const found = options.names ? givenFiles(path, options.names) : await findIdxFiles(path);
  refuseOneForTwo(found);
  return idxSet(path, found, readBytes, options);
}

function givenFiles(path: string, names: readonly string[]): Map<IdxRole, string> {
  const [trainImages, trainLabels, testImages, testLabels] = fourNames(path, names);
  const found = new Map<IdxRole, string>([
    ['train images', join(path, trainImages)],
    ['train labels', join(path, trainLabels)],
  ]);
  if (testImages !== undefined) found.set('test images', join(path, testImages));
  if (testLabels !== undefined) found.set('test labels', join(path, testLabels));
  return found;
}

/** By role, from the first folder that has any; an unpacked file before a packed one. */
export async function findIdxFiles(path: string): Promise<Map<IdxRole, string>> {
  const tried: string[] = [];
  for (const folder of await candidates(path)) {
    const { entries } = await entriesOf(folder);
    const found = idxRoles(
      folder,
      entries.map(({ name }) => name),
    );
    if (found) return new Map([...found].map(([role, name]) => [role, join(folder, name)]));
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
