/** @file How a network's images were read, for images that it is tried on now; and a word where some of these may be images that it learned. */
import { basename } from 'node:path';
import { ownSource } from '../io/dataset-names.ts';
import { sameSource } from '../io/same-source.ts';
import type { DataWords } from './data-words.ts';

type Provenance = Readonly<Record<string, unknown>>;

/**
 * How a network's own data was read, as its provenance says, under what is said now. Size and channels are the network's for any
 * images; split and names belong to the data set that it learned,
 * in whatever spelling.
 * @param source the data set that is opened now
 */
export function learnedWords(provenance: Provenance, source: string, said: DataWords): DataWords {
  if (ownSource(source) === null) return said;
  const { split, size, channels, names } = provenance;
  const same = learnedFrom(provenance, source);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    split: said.split ?? (same && typeof split === 'number' ? split : null),
    size: said.size ?? text(size),
    channels: said.channels ?? (channels === 1 || channels === 3 ? channels : null),
    names: said.names ?? (same ? text(names) : null),
    mean: said.mean,
    std: said.std,
  };
}

/** True where a network learned the images that a source names, in whatever spelling. */
const learnedFrom = ({ dataset }: Provenance, source: string): boolean =>
  typeof dataset === 'string' && sameSource(dataset, source);

/**
 * One line where images that the network learned may be among those that it is tested on; null where it learned no share of a set of
 * one's own, or the images are divided now as they were then.
 * @param now how they are divided now; no share: they are tested as a whole
 */
export function sharedImages(
  provenance: Provenance,
  source: string,
  now: { readonly split: number | undefined; readonly seed: number },
): string | null {
  const { split, dataset, seed = 1 } = provenance;
  const own = ownSource(source);
  if (typeof split !== 'number' || typeof dataset !== 'string' || own === null) return null;
  if (now.split === split && now.seed === seed) return null;
  const then = `split ${split} and seed ${seed}`;
  if (learnedFrom(provenance, source))
    return `images that the network learned are among these: it learned ${dataset} with ${then}, now they are divided with split ${now.split} and seed ${now.seed}; leave both out`;
  const learned = ownSource(dataset);
  const alike =
    learned !== null && learned.kind === own.kind && basename(learned.path) === basename(own.path);
  if (!alike || now.split !== undefined) return null;
  return `the network learned a share of ${dataset}, with ${then}; if these are the same images at another place, give that split and seed, or images that it learned are tested`;
}
