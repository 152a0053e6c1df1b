/** @file `npz:FILE`: arrays x_train, y_train, x_test and y_test, or arrays under names of one's own. */
import { readBytes } from '../files.ts';
import { npzSet } from './npz-set.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';

/** @throws InputError when the file cannot be read, is no npz, or lacks an array */
export const openNpzSet = async (path: string, options: OwnOptions): Promise<OwnSet> =>
  npzSet(path, await readBytes(path), options);
