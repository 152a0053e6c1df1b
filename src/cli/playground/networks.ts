/**
 * @file The pretrained networks of this machine, for the page to ask for, and test images for each where the data set is here too:
 * added to the networks that lie beside the page.
 */
import { join } from 'node:path';
import { readJson } from '../../io/files.ts';
import { pretrainedFolder, readPretrained } from '../../io/pretrained.ts';
import { samplesOf } from './samples.ts';
import type { Served } from './serve.ts';

const LIST = '/networks/index.json';

/**
 * @param page the files of the page, its own list of networks among them
 * @param directory where data sets are looked for first
 */
export async function withPretrained(page: Served, directory: string | null = null): Promise<Served> {
  const own = page.get(LIST);
  const folder = await pretrainedFolder().catch(() => null);
  if (!folder || !own || !('path' in own)) return page;
  const { networks } = (await readJson(own.path)) as { readonly networks: readonly unknown[] };
  const served = new Map(page);
  const pretrained = await readPretrained(folder);
  const datasets = [...new Set(pretrained.map(({ dataset }) => dataset))].filter(
    (name) => name !== 'strokes',
  );
  for (const dataset of datasets) {
    const bytes = await samplesOf(dataset, directory);
    if (bytes) served.set(`/samples/${dataset}`, { bytes });
  }
  const listed = pretrained.map(({ name, file, bytes, dataset, accuracy }) => {
    served.set(`/networks/${file}`, { path: join(folder, file) });
    return { name, file, bytes, dataset, accuracy: accuracy.ann, samples: served.has(`/samples/${dataset}`) };
  });
  const list = JSON.stringify({ networks: [...networks, ...listed] });
  return served.set(LIST, { bytes: new TextEncoder().encode(list) });
}
