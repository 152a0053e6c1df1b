/**
 * @file The files of one command, compared with each other before any work: nothing that it reads is overwritten, no two results go to
 * one place, every result can be written, and what another command made is not replaced by accident. Paths are compared by where they lead:
 * through links, in any spelling, and by hard links.
 */
import { join, sep } from 'node:path';
import { InputError, UsageError } from '../errors.ts';
import { checkOutput } from '../io/check-output.ts';
import { isPictureFile } from '../io/picture-file.ts';
import { type ProductKind, productIn } from '../io/product-file.ts';
import { fileNumber, realPlace } from '../io/real-place.ts';
import { requireFolder } from '../io/require-folder.ts';

export interface CommandFiles {
  /**
   * A file that will be read, whether it exists or not.
   * @param name what messages call it: MODEL, --teacher
   * @throws UsageError when a result would go there
   */
  reads(name: string, path: string): void;
  /**
   * A folder whose files will be read, all of them: a new file would be one of them too.
   * @throws UsageError when a result would go into it
   */
  readsIn(name: string, folder: string): void;
  /**
   * A file that will be written. The same name and path may be given again.
   * @param makes what will lie there and may take the place of an earlier one; default: nothing that a command knows again
   * @throws UsageError when it is read, or another result goes there; InputError when it cannot be written, or holds a picture or anything
   * else that a command made
   */
  writes(name: string, path: string, makes?: readonly ProductKind[]): void;
  /**
   * A folder into which files will be written.
   * @param files those whose names are known before
   * @throws as `writes`
   */
  writesInto(name: string, folder: string, files?: readonly string[], makes?: readonly ProductKind[]): void;
}

interface Claim {
  readonly name: string;
  readonly path: string;
  readonly place: string;
  readonly number: string | null;
  readonly written: boolean;
}

/** A folder that is read as a whole. */
interface Folder {
  readonly name: string;
  readonly path: string;
  readonly place: string;
}

/** Standard output, the null device: nothing is lost there. */
const isNowhere = (place: string): boolean => place.startsWith('/dev/') || place.startsWith('/proc/');

export function createCommandFiles(): CommandFiles {
  const claims: Claim[] = [];
  const folders: Folder[] = [];

  function claim(name: string, path: string, written: boolean): void {
    const place = realPlace(path);
    if (isNowhere(place)) return;
    const number = fileNumber(place);
    for (const other of claims) {
      if (other.name === name && other.path === path && other.written === written) return;
      if (!written && !other.written) continue;
      if (other.place !== place && (number === null || other.number !== number)) continue;
      const mine = { name, path };
      const [result, rest] = written ? [mine, other] : [other, mine];
      throw new UsageError(
        `${result.name}: ${result.path} is the same file as ${rest.name} ${rest.path}, which ${written && other.written ? 'is written too' : 'would be overwritten'}; choose another`,
      );
    }
    const mine = { name, path, place, number, written };
    for (const folder of folders) refuseInside(mine, folder);
    claims.push(mine);
  }

  function readsIn(name: string, path: string): void {
    const folder = { name, path, place: realPlace(path) };
    for (const claim of claims) refuseInside(claim, folder);
    folders.push(folder);
  }

  function writes(name: string, path: string, makes: readonly ProductKind[] = []): void {
    claim(name, path, true);
    checkOutput(path);
    if (isPictureFile(path))
      throw new InputError(
        `${path}: a picture lies here, which ${name} would replace; choose another file, or remove it`,
      );
    const found = productIn(path);
    if (found && !makes.includes(found.kind))
      throw new InputError(
        `${path}: ${found.words} lies here, which ${name} would replace; choose another file, or remove it`,
      );
  }

  return {
    reads: (name, path) => claim(name, path, false),
    readsIn,
    writes,
    writesInto(name, folder, files = [], makes = []) {
      claim(name, folder, true);
      requireFolder(folder, name);
      checkOutput(join(folder, 'file'));
      for (const file of files) writes(name, join(folder, file), makes);
    },
  };
}

/** @throws UsageError for a result in a folder that is read */
function refuseInside({ name, path, place, written }: Claim, folder: Folder): void {
  if (!written || (place !== folder.place && !place.startsWith(`${folder.place}${sep}`))) return;
  throw new UsageError(
    `${name}: ${path} would lie among the images of ${folder.name} ${folder.path}; choose a place outside`,
  );
}
