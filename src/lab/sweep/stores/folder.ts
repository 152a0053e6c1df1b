/** @file A folder as a store: one that all machines see, such as a network file system. */
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { InputError } from '../../../errors.ts';
import { errorCode, isFile, systemReason } from '../../../io/files.ts';
import { realPlace } from '../../../io/real-place.ts';
import { makeFolder } from '../../../io/require-folder.ts';
import { writeAtomic } from '../../../io/write-atomic.ts';
import { checkName, isName, type Store, type Stored } from './store.ts';

/** What a name that nothing has looks like: nothing, a folder of other names, or a name below a file. */
const NOTHING = ['ENOENT', 'EISDIR', 'ENOTDIR'];

/**
 * @param folder is made when missing, unless it has to be there
 * @throws InputError when it is a file, cannot be made, or has to be there and is not
 */
export async function openFolderStore(folder: string, mustExist = false): Promise<Store> {
  if (mustExist && !existsSync(folder))
    throw new InputError(`${folder}: expected a store, found nothing there; check the place`);
  await makeFolder(folder);
  const place = realPlace(folder);
  const pathOf = (name: string): string => {
    checkName(place, name);
    return join(place, ...name.split('/'));
  };
  return {
    place,
    has: (name) => isFile(pathOf(name)),
    async get(name) {
      const path = pathOf(name);
      try {
        return new Uint8Array(await readFile(path));
      } catch (error) {
        if (NOTHING.includes(errorCode(error))) return null;
        throw new InputError(`${path}: cannot be read (${systemReason(error)})`);
      }
    },
    put: async (name, bytes) => writeAtomic(pathOf(name), bytes),
    async remove(name) {
      const path = pathOf(name);
      try {
        await rm(path);
      } catch (error) {
        if (NOTHING.includes(errorCode(error))) return;
        throw new InputError(`${path}: cannot be removed (${systemReason(error)})`);
      }
      // where it was the last of its folder
      if (dirname(path) !== place) await rmdir(dirname(path)).catch(() => {});
    },
    async list() {
      const found: Stored[] = [];
      for (const entry of await readdir(place, { recursive: true })) {
        const name = entry.split(sep).join('/');
        if (!isName(name)) continue;
        const known = await stat(join(place, entry)).catch(() => null); // removed this moment
        if (known?.isFile()) found.push({ name, bytes: known.size, time: known.mtimeMs });
      }
      return found;
    },
  };
}
