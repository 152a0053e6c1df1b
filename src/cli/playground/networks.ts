/**
 * @file The pretrained networks of this machine, for the page to ask for, and test images for each where the data set is here too:
 * added to the networks that lie beside the page. Images to learn from likewise.
 */
import { join } from 'node:path';
import { jsonOf, readJson } from '../../io/files.ts';
import { pretrainedFolder, readPretrained } from '../../io/pretrained.ts';
import { samplesOf } from './samples.ts';
import type { Served } from './serve.ts';
import { hasTrainingData, PAGE_IMAGES, TRAINED_IN_PAGE, trainingData } from './training-data.ts';

const LIST = '/networks/index.json';

/** The same with images to learn from, of the data sets that this machine has. */
export async function withTrainingData(page: Served, directory: string | null = null): Promise<Served> {
  const own = page.get(LIST);
  if (!own) return page;
  const served = new Map(page);
  const datasets: object[] = [];
  for (const name of TRAINED_IN_PAGE) {
    if (!(await hasTrainingData(name, directory))) continue;
    const file = `data/${name}.npz`;
    served.set(`/${file}`, { make: () => trainingData(name, directory) });
    datasets.push({ name, file, ...PAGE_IMAGES });
  }
  const list = 'path' in own ? await readJson(own.path) : jsonOf((own as { bytes: Uint8Array }).bytes, LIST);
  const bytes = new TextEncoder().encode(JSON.stringify({ ...(list as object), datasets }));
  return served.set(LIST, { bytes });
}

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
