/** @file The images that a job reads: which set, and the digest of what they are. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatasetSource, ownSource } from '../../io/dataset-names.ts';
import { datasetPlaces } from '../../io/dataset-places.ts';
import { bytesDigest } from '../../io/digest.ts';
import { isFile, readBytes } from '../../io/files.ts';
import { type DatasetName, openDataset } from '../../io/open-dataset.ts';
import { datasetDigest } from '../dataset-digest.ts';
import { TRAINING_RECIPES } from '../training/recipes.ts';
import type { JobCommand } from './jobs.ts';
import type { Setting } from './study.ts';

/** The set that its options name, or its recipe, or the default of a training; undefined: that of the job before it. */
export function jobDataset(command: JobCommand, { dataset, recipe }: Setting): DatasetSource | undefined {
  const ofRecipe = TRAINING_RECIPES.find(({ name }) => name === recipe)?.run.dataset;
  return (dataset ?? ofRecipe ?? (command === 'train' ? 'strokes' : undefined)) as DatasetSource | undefined;
}

/** Names of arrays or files, as the option has them. */
export const namesIn = ({ names }: Setting): string[] | undefined =>
  typeof names === 'string' ? names.split(',').map((name) => name.trim()) : undefined;

/**
 * Of a set with a name, what its images are; of images of one's own, what their files hold: how these are read (split, size) is said by
 * options, which are in the hash of a job by themselves.
 */
export async function imagesDigest(
  source: DatasetSource,
  names: readonly string[] | undefined,
  seed: number,
  directory: string | undefined,
): Promise<string> {
  if (ownSource(source) === null) {
    const open = (split: 'train' | 'test') => openDataset(source as DatasetName, split, { directory, seed });
    return (await Promise.all([open('train'), open('test')])).map(datasetDigest).join();
  }
  const { folders, files } = await datasetPlaces(source, { directory, names });
  const all = [...files];
  for (const folder of folders)
    for (const entry of (await readdir(folder, { recursive: true })).sort())
      if (await isFile(join(folder, entry))) all.push(join(folder, entry));
  const listed: [string, string][] = [];
  for (const path of all) listed.push([path, bytesDigest(await readBytes(path), 'sha256')]);
  return bytesDigest(new TextEncoder().encode(JSON.stringify(listed)), 'sha256');
}
