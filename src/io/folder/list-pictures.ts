/**
 * @file The pictures of a folder by their classes: DIR/CLASS/PICTURE. Classes and files come in the order of their names, whatever
 * the file system says; hidden files are passed over; a link counts as what it leads to, as long as that is inside.
 */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { InputError } from '../../errors.ts';
import { systemReason } from '../files.ts';
import { requireFolder } from '../require-folder.ts';

/** One class folder. */
export interface ClassFolder {
  readonly name: string;
  /** Paths of its files. */
  readonly files: readonly string[];
}

/** A folder of class folders. */
export interface PictureFolder {
  readonly path: string;
  readonly classes: readonly ClassFolder[];
  /** Hidden files and folders that were passed over. */
  readonly hidden: number;
}

const inOrder = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

/** Everything in a folder that is not hidden, by name, and how many hidden ones there are. */
export async function entriesOf(
  folder: string,
): Promise<{ readonly entries: readonly Dirent[]; readonly hidden: number }> {
  requireFolder(folder);
  let all: Dirent[];
  try {
    all = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new InputError(`${folder}: cannot be read as a folder (${systemReason(error)})`);
  }
  const entries = all.filter(({ name }) => !name.startsWith('.')).sort(inOrder);
  return { entries, hidden: all.length - entries.length };
}

/**
 * @param root what no link may lead out of
 * @throws InputError when the folder cannot be read, a class is empty, a picture lies outside a class folder or a folder inside one,
 * or a link leads out
 */
export async function listPictures(path: string, root: string): Promise<PictureFolder> {
  const home = await realpath(root).catch((error: unknown) => {
    throw new InputError(`${root}: cannot be read as a folder (${systemReason(error)})`);
  });
  const { entries, hidden } = await entriesOf(path);
  let passedOver = hidden;
  const classes: ClassFolder[] = [];
  for (const entry of entries) {
    const folder = join(path, entry.name);
    if ((await kindOf(entry, folder, home)) !== 'folder')
      throw new InputError(
        `${folder}: expected a folder for each class in ${path}, found a file; move it into a class folder or out of here`,
      );
    const inside = await entriesOf(folder);
    passedOver += inside.hidden;
    const files: string[] = [];
    for (const file of inside.entries) {
      const place = join(folder, file.name);
      if ((await kindOf(file, place, home)) !== 'file')
        throw new InputError(
          `${place}: expected pictures in the class folder ${folder}, found a folder; move its pictures up or remove it`,
        );
      files.push(place);
    }
    if (files.length === 0)
      throw new InputError(
        `${folder}: expected pictures of the class ${entry.name}, found none; add some or remove the folder`,
      );
    classes.push({ name: entry.name, files });
  }
  return { path, classes, hidden: passedOver };
}

/** What an entry is, a link what it leads to. */
async function kindOf(entry: Dirent, path: string, home: string): Promise<'file' | 'folder'> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) {
    const target = await realpath(path).catch((error: unknown) => {
      throw new InputError(`${path}: link leads nowhere (${systemReason(error)}); remove it`);
    });
    const way = relative(home, target);
    if (way === '..' || way.startsWith(`..${sep}`) || way === target)
      throw new InputError(`${path}: link leads out of ${home}, to ${target}; copy the picture instead`);
    const found = await stat(target);
    if (found.isFile()) return 'file';
    if (found.isDirectory()) return 'folder';
  }
  throw new InputError(`${path}: expected a file or a folder, found neither; remove it`);
}
