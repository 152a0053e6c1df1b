/** @file What an earlier run of the results measured, which a run of one network is put among (`--into FILE`). */
import type { Dataset } from '../../src/data/dataset.ts';
import { InputError } from '../../src/errors.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { type Pretrained, pretrainedFile } from '../../src/io/pretrained.ts';
import type { Runtime } from '../../src/runtime.ts';
import { type OfRuns, originsOf } from '../origins.ts';
import { type Keep, keepContinuous, leavesGrid, macsOf, type NetworkResult } from './measure.ts';

export interface Earlier extends OfRuns {
  readonly networks: readonly NetworkResult[];
}

/** What it measured of networks that there still are: the figures of others nobody could measure again. */
export function onlyOf(earlier: Earlier, entries: readonly Pick<Pretrained, 'name'>[]): Earlier {
  const isThere = (name: string): boolean => entries.some((entry) => entry.name === name);
  const origins = originsOf(earlier, earlier.networks).map((origin) => ({
    ...origin,
    networks: origin.networks.filter(isThere),
    ...(origin.completed && { completed: origin.completed.filter(isThere) }),
  }));
  return { ...earlier, networks: earlier.networks.filter(({ name }) => isThere(name)), origins };
}

export interface Place {
  readonly runtime: Runtime;
  /** Of the pretrained networks, and what their index says. */
  readonly folder: string;
  readonly entries: readonly Pretrained[];
  readonly openImages: (entry: Pretrained, limit: number) => Promise<Dataset>;
  readonly keepOf: (entry: Pretrained, dataset: Dataset) => Keep;
}

/** With what is measured of a network since, where the network and its images are still there. */
export async function complete(
  earlier: NetworkResult,
  { runtime, folder, entries, openImages, keepOf }: Place,
): Promise<NetworkResult> {
  const entry = entries.find(({ name }) => name === earlier.name);
  const counts = earlier.activation === 'strelu' && !earlier.macs;
  const leaves = leavesGrid(earlier.activation) && earlier.ann.continuous === undefined;
  if (!entry || !(counts || leaves)) return earlier;
  // other weights, packed since, say nothing of what was measured
  if (entry.accuracy.ann !== earlier.ann.accuracy && entry.images === earlier.images) return earlier;
  let counted = earlier;
  try {
    const network = await loadModel(await pretrainedFile(folder, entry));
    if (counts) counted = { ...earlier, macs: macsOf(network) };
    if (!leaves) return counted;
    const dataset = await openImages(entry, earlier.images);
    const continuous = await keepContinuous(keepOf(entry, dataset), runtime, network, dataset);
    return { ...counted, ann: { ...earlier.ann, continuous } };
  } catch (error) {
    if (error instanceof InputError) return counted; // its file is damaged, or its images are not here
    throw error;
  }
}
