/**
 * @file The images that a network is tried on, and those that it is calibrated on, as its provenance names them.
 */
import type { Dataset } from '../data/dataset.ts';
import { InputError } from '../errors.ts';
import { DATASET_NAMES, type DatasetName, openDataset, type Split } from '../io/open-dataset.ts';

export interface NetworkDataset {
  readonly dataset: Dataset;
  readonly name: DatasetName;
  readonly seed: number;
}

export interface NetworkDatasetRequest {
  /** Null: the data set that the network learned. */
  readonly name?: DatasetName | null | undefined;
  /** Seed of drawn images; null: the one that the network was trained with, or else 1. */
  readonly seed?: number | null | undefined;
  /** Only the first images; null: all. */
  readonly limit?: number | null | undefined;
  /** Where data sets are looked for first. */
  readonly directory?: string | null | undefined;
}

/**
 * @param provenance of a network, trained or spiking
 * @throws InputError when neither the request nor the provenance names a data set, or it cannot be found
 */
export async function openNetworkDataset(
  provenance: Readonly<Record<string, unknown>>,
  split: Split,
  { name = null, seed = null, limit, directory }: NetworkDatasetRequest = {},
): Promise<NetworkDataset> {
  const chosen = name ?? learnedDataset(provenance);
  if (!chosen)
    throw new InputError(
      'data set: expected a name, or the one that the network learned, found neither in its provenance; name one, or train it again',
    );
  const own = typeof provenance.seed === 'number' ? provenance.seed : 1;
  const options = { directory: directory ?? undefined, seed: seed ?? own, limit: limit ?? undefined };
  return { dataset: await openDataset(chosen, split, options), name: chosen, seed: seed ?? own };
}

/** The data set that a network learned, as its provenance says. */
export function learnedDataset(provenance: Readonly<Record<string, unknown>>): DatasetName | undefined {
  return DATASET_NAMES.find((known) => known === provenance.dataset);
}
