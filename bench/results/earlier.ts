/** @file What an earlier run of the results measured, which a run of one network is put among (`--into FILE`). */
import type { Dataset } from '../../src/data/dataset.ts';
import { InputError } from '../../src/errors.ts';
import { readJson } from '../../src/io/files.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { type Pretrained, pretrainedFile } from '../../src/io/pretrained.ts';
import type { Machine } from '../../src/report/result.ts';
import type { Runtime } from '../../src/runtime.ts';
import { type Keep, keepContinuous, leavesGrid, macsOf, type NetworkResult } from './measure.ts';

/** A run that measured some of the networks. */
export interface RunOrigin {
  readonly version: string;
  readonly date: string;
  readonly machine: Machine;
}

/** A run, and the networks whose figures are its. */
export interface ResultsOrigin extends RunOrigin {
  readonly networks: readonly string[];
  /** Networks of earlier runs of which it measured what those did not: the accuracy without the training grid. */
  readonly completed?: readonly string[];
}

export interface Earlier extends RunOrigin {
  readonly networks: readonly NetworkResult[];
  /** Absent: all are of this run. */
  readonly origins?: readonly ResultsOrigin[];
}

/** Where its networks' figures come from, in the order in which they were measured. */
export function originsOf({ version, date, machine, networks, origins }: Earlier): readonly ResultsOrigin[] {
  return origins ?? [{ version, date, machine, networks: networks.map(({ name }) => name) }];
}

/** The same with a later run, whose networks are no longer those of the runs before. */
export function withRun(origins: readonly ResultsOrigin[], now: ResultsOrigin): ResultsOrigin[] {
  const left = origins.map((origin) => {
    const networks = origin.networks.filter((name) => !now.networks.includes(name));
    const completed = origin.completed?.filter((name) => !now.networks.includes(name));
    return { ...origin, networks, ...(completed && { completed }) };
  });
  return [...left, now].filter(({ networks, completed }) => networks.length + (completed?.length ?? 0) > 0);
}

/** What it measured of networks that there still are: the figures of others nobody could measure again. */
export function onlyOf(earlier: Earlier, entries: readonly Pick<Pretrained, 'name'>[]): Earlier {
  const isThere = (name: string): boolean => entries.some((entry) => entry.name === name);
  const origins = originsOf(earlier).map((origin) => ({
    ...origin,
    networks: origin.networks.filter(isThere),
    ...(origin.completed && { completed: origin.completed.filter(isThere) }),
  }));
  return { ...earlier, networks: earlier.networks.filter(({ name }) => isThere(name)), origins };
}

/** @throws InputError when it is another file */
export async function readEarlier(path: string): Promise<Earlier> {
  const found = (await readJson(path)) as { readonly command?: unknown } & Earlier;
  if (found?.command !== 'results' || !Array.isArray(found.networks))
    throw new InputError(
      `--into ${path}: expected what npm run results -- --json wrote, found something else; leave it out, or give that file`,
    );
  return found;
}

/** The earlier ones in their places, each as it was measured last; new ones behind them. */
export function merged(earlier: readonly NetworkResult[], now: readonly NetworkResult[]): NetworkResult[] {
  const places = [...earlier, ...now.filter(({ name }) => !earlier.some((one) => one.name === name))];
  return places.map((one) => now.find(({ name }) => name === one.name) ?? one);
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
