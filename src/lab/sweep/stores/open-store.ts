/** @file A store by what a user calls it. */
import { UsageError } from '../../../errors.ts';
import { openFolderStore } from './folder.ts';
import { openS3Store } from './s3.ts';
import type { Store } from './store.ts';

/** How a store is opened. */
export interface StoreOptions {
  /** True: a folder that is missing is an error, and none is made. Default: false. */
  readonly mustExist?: boolean;
}

/**
 * @param place a folder, which is made when missing, or s3://BUCKET[/PREFIX]: its server and keys are those of the environment,
 * AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
 * @throws UsageError for an address of another kind; InputError for a folder that cannot be one, and for a bucket that cannot be used
 * @example
 * const store = await openStore(`${folder}/shared`);
 * await store.put('notes/a.txt', new Uint8Array([1, 2]));
 * await store.get('notes/a.txt'); // [1, 2]
 */
export async function openStore(place: string, { mustExist = false }: StoreOptions = {}): Promise<Store> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(place)?.[1];
  if (scheme?.toLowerCase() === 's3') return openS3Store(place);
  const expected = 'store: expected a folder or s3://BUCKET[/PREFIX]';
  // the rest of an address may hold a password: it is not repeated
  if (scheme !== undefined) throw new UsageError(`${expected}, found an address ${scheme}://...`);
  if (place === '') throw new UsageError(`${expected}, found nothing`);
  return openFolderStore(place, mustExist);
}
