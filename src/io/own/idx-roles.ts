/** @file What an IDX file is for, by the names that MNIST, EMNIST and torchvision give them: PREFIXtrain-images-idx3-ubyte.gz and its like. */
import { InputError } from '../../errors.ts';

const NAME =
  /^(?<prefix>.*?)(?<part>train|t10k|test)[-_.](?<what>images|labels)(?:[-.]idx\d)?(?:[-.]ubyte)?(?:\.idx)?(?<gz>\.gz)?$/i;

export type IdxRole = 'train images' | 'train labels' | 'test images' | 'test labels';

/** Whether a file is called as those of MNIST are. */
export const isIdxName = (name: string): boolean => NAME.test(name);

/**
 * Names of the files of one set by their roles, an unpacked file before a packed one; null where none has such a name.
 * @param folder where they lie, to blame
 * @throws InputError for the files of several sets
 */
export function idxRoles(folder: string, names: readonly string[]): Map<IdxRole, string> | null {
  const sets = new Map<string, Map<IdxRole, string>>();
  for (const name of names) {
    const { prefix, part, what, gz } = NAME.exec(name)?.groups ?? {};
    if (prefix === undefined) continue;
    const role = `${part!.toLowerCase() === 'train' ? 'train' : 'test'} ${what!.toLowerCase()}` as IdxRole;
    const own = sets.get(prefix) ?? new Map<IdxRole, string>();
    sets.set(prefix, own);
    if (!own.has(role) || gz === undefined) own.set(role, name);
  }
  if (sets.size > 1)
    throw new InputError(
      `${folder}: expected the files of one set, found those of ${[...sets.keys()].map((name) => name || '(no prefix)').join(', ')}; give the four names`,
    );
  return [...sets.values()][0] ?? null;
}
