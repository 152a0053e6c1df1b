/** @file What a store says it is, whatever each machine calls the place: a text that the first one to ask puts there. */
import { randomUUID } from 'node:crypto';
import type { Store } from '../stores/store.ts';

/** Every store that a study has used has it. */
export const STORE_ID = 'store-id';

export async function storeId(store: Store): Promise<string> {
  if (!(await store.has(STORE_ID))) await store.put(STORE_ID, new TextEncoder().encode(randomUUID()));
  // of two who came at once the later one stays
  return new TextDecoder().decode((await store.get(STORE_ID)) ?? new Uint8Array()).trim();
}
