/**
 * @file The pretrained networks of this machine, for the page to ask for: added to those that lie beside it.
 */
import { join } from 'node:path';
import { readJson } from '../../io/files.ts';
import { pretrainedFolder, readPretrained } from '../../io/pretrained.ts';
import type { Served } from './serve.ts';

const LIST = '/networks/index.json';

/** @param page the files of the page, its own list of networks among them */
export async function withPretrained(page: Served): Promise<Served> {
  const own = page.get(LIST);
  const folder = await pretrainedFolder().catch(() => null);
  if (!folder || !own || !('path' in own)) return page;
  const { networks } = (await readJson(own.path)) as {
    readonly networks: readonly { readonly name: string }[];
  };
  const served = new Map(page);
  const listed: unknown[] = [...networks];
  for (const { name, file, bytes, dataset, accuracy } of await readPretrained(folder)) {
    const address = `/networks/${file}`;
    if (served.has(address)) continue;
    served.set(address, { path: join(folder, file) });
    listed.push({ name, file, bytes, dataset, accuracy: accuracy.ann });
  }
  return served.set(LIST, { text: JSON.stringify({ networks: listed }) });
}
