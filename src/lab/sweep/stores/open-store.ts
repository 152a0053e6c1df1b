/** @file A store by what a user calls it. */
import { UsageError } from '../../../errors.ts';
import { openFolderStore } from './folder.ts';
import type { Store } from './store.ts';

/**
 * @param place a folder, which is made when missing
 * @throws UsageError for an address of a kind that is not known; InputError for a folder that cannot be one
 * @example
 * const store = await openStore(`${folder}/shared`);
 * await store.put('notes/a.txt', new Uint8Array([1, 2]));
 * await store.get('notes/a.txt'); // Uint8Array [ 1, 2 ]
 */
export async function openStore(place: string): Promise<Store> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(place)?.[1];
  // the rest of an address may hold a password: it is not repeated
  if (scheme !== undefined)
    throw new UsageError(`store: expected a folder, found an address ${scheme}://...`);
  if (place === '') throw new UsageError('store: expected a folder, found nothing');
  return openFolderStore(place);
}
