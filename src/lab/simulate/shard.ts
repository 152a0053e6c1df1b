/** @file A part of the test images, as one of many jobs has it: part K of N, in order, of sizes that differ by at most one. */
import { type Dataset, take } from '../../data/dataset.ts';
import { UsageError } from '../../errors.ts';
import { brief } from '../../format/fields.ts';
import { mapSize } from '../../nn/architecture.ts';

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** What is wrong with the engine that looks at its first images. */
export const AUTO_IN_PARTS =
  'expected events, products or reference for a part of the images, found auto, which chooses by the first images that it sees; choose one for all parts';

/** More are a slip. */
export const MOST_SHARDS = 10_000;

/** @throws UsageError without the option's name */
export function parseShard(text: string): Shard {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || of === undefined || index < 1 || index > of || of > MOST_SHARDS)
    throw new UsageError(
      `expected K/N, part K of N, with K from 1 to N at most ${MOST_SHARDS}, found ${brief(text)}`,
    );
  return { index, of };
}

/** Where a part begins, and how many images it has. Parts 1 to N are all images, each once. */
export function shardRange(
  { index, of }: Shard,
  images: number,
): { readonly first: number; readonly count: number } {
  const begin = (part: number): number => Math.floor((part * images) / of);
  return { first: begin(index - 1), count: begin(index) - begin(index - 1) };
}

/** The images of a part, as a view. @throws UsageError when there are more parts than images */
export function shardOf(dataset: Dataset, shard: Shard): Dataset {
  if (shard.of > dataset.count)
    throw new UsageError(
      `--shard: expected at most as many parts as images, ${dataset.count}, found ${shard.of}; use fewer parts`,
    );
  const { first, count } = shardRange(shard, dataset.count);
  const rest = {
    ...dataset,
    images: dataset.images.subarray(first * mapSize(dataset.shape)),
    labels: dataset.labels.subarray(first),
    count: dataset.count - first,
  };
  return take(rest, count);
}
