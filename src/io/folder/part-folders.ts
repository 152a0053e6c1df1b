/**
 * @file Which folders hold the training and the test images, by their names, in any spelling: train and test, Train and Test, train and
 * val. Where there is no test folder, the images of val are the ones that are tested.
 */
import { InputError } from '../../errors.ts';

const TRAIN = /^train(ing)?$/i;
const TEST = /^test(ing)?$/i;
const VALIDATION = /^val(id|idation)?$/i;

/** Names of folders; null: there is none. */
export interface PartFolders {
  readonly train: string | null;
  readonly test: string | null;
}

/**
 * @param path of the folder that they lie in, to blame
 * @param names of everything in it
 * @throws InputError for two folders of one part
 * @example
 * partFolders('leaves', ['Test', 'Train']); // { train: 'Train', test: 'Test' }
 * partFolders('leaves', ['train', 'val']); // { train: 'train', test: 'val' }
 * partFolders('leaves', ['ash', 'oak']); // { train: null, test: null }
 */
export function partFolders(path: string, names: readonly string[]): PartFolders {
  const one = (part: RegExp): string | null => {
    const found = names.filter((name) => part.test(name));
    if (found.length < 2) return found[0] ?? null;
    throw new InputError(
      `${path}: expected one folder of each part, found ${found.join(' and ')}; move one out`,
    );
  };
  const [train, test, validation] = [one(TRAIN), one(TEST), one(VALIDATION)];
  return { train, test: test ?? validation };
}
