/**
 * @file Images to learn from: digits that the page draws, or what was dropped, read as the command line reads it. A set without a part
 * to test with is split by the seed; pictures that are too large, or not all alike, are brought to one size.
 */
import { type Dataset, imageAt } from '../../../data/dataset.ts';
import { learnedFrom } from '../../../data/learned.ts';
import { InputError } from '../../../errors.ts';
import { ownDataset } from '../../../io/own/own-dataset.ts';
import type { OwnOptions } from '../../../io/own/own-set.ts';
import { parseSize } from '../../../lab/data-words.ts';
import { mapSize } from '../../../nn/architecture.ts';
import { Random } from '../../../random/random.ts';
import type { DataFacts, DataRequest } from '../../protocol.ts';
import type { TrainingData, Workbench } from '../workbench.ts';
import { type DroppedSet, droppedSet } from './dropped-set.ts';
import { entriesOf } from './entries.ts';
import { MOST, refuseLarge, USUAL_SIZE } from './limits.ts';

/** Of a set without a part to test with. */
const SHARE = 0.8;

/** Reads the images and keeps them; null: digits are drawn when they are needed. @throws InputError naming what is wrong with them */
export async function gather(bench: Workbench, ask: DataRequest): Promise<DataFacts | null> {
  bench.data = null;
  if (ask.kind === 'strokes') return null;
  const { name, files, size, seed } = ask;
  const data = await dataOf(await droppedSet(await entriesOf(files)), size, seed);
  bench.data = name === null ? data : { ...data, source: name };
  return factsOf(bench.data);
}

async function dataOf(set: DroppedSet, size: string, seed: number): Promise<TrainingData> {
  const given = size === '' ? null : sizeOf(size);
  try {
    const data = await divided(set, { seed, ...(given && { size: given }) });
    const [height, width] = data.train.shape;
    return given || Math.max(height, width) <= MOST.side
      ? checked(data)
      : checked(await divided(set, { seed, size: USUAL_SIZE }));
  } catch (error) {
    if (given || !hasCode(error, 'sizes-differ')) throw error;
    return checked(await divided(set, { seed, size: USUAL_SIZE }));
  }
}

/** @throws UsageError for what is no size, InputError for one that is too large */
function sizeOf(text: string): readonly [number, number] {
  const size = parseSize(text);
  if (Math.max(...size) <= MOST.side) return size;
  throw new InputError(
    `size: this page takes at most ${MOST.side}x${MOST.side}, found ${text}; give a smaller one`,
  );
}

const hasCode = (error: unknown, code: InputError['code']): boolean =>
  error instanceof InputError && error.code === code;

/** Both parts as they are divided, or split. */
async function divided(set: DroppedSet, options: OwnOptions): Promise<TrainingData> {
  try {
    return await bothParts(set, options);
  } catch (error) {
    if (!hasCode(error, 'split-missing')) throw error;
    return bothParts(set, { ...options, split: SHARE });
  }
}

async function bothParts({ source, open }: DroppedSet, options: OwnOptions): Promise<TrainingData> {
  const train = await ownDataset(source, open(options), 'train', options);
  const { shape, classes } = train;
  const known = { ...options, learned: { ...learnedFrom(train), shape, classes } };
  const test = await ownDataset(source, open(known), 'test', known);
  const { split = null, size = null, seed = 1 } = options;
  return { source, train, test: shuffled(test, seed), split, size: size?.join('x') ?? null, seed };
}

function checked(data: TrainingData): TrainingData {
  const { source, train, test } = data;
  refuseLarge(source, train.images.length + test.images.length, MOST.pixels);
  if (train.classes <= MOST.classes) return data;
  throw new InputError(
    `${source}: this page takes at most ${MOST.classes} classes, found ${train.classes}; is the label in the first column? else train by strelu train`,
  );
}

/** In another order, so that the first images are some of every class. */
function shuffled(dataset: Dataset, seed: number): Dataset {
  const order = Random.seeded(seed)
    .fork('order of the test images')
    .shuffle([...Array(dataset.count).keys()]);
  const size = mapSize(dataset.shape);
  const images = new Uint8Array(dataset.count * size);
  order.forEach((from, to) => {
    images.set(imageAt(dataset, from), to * size);
  });
  return { ...dataset, images, labels: Uint16Array.from(order, (from) => dataset.labels[from]!) };
}

function factsOf({ source, train, test, split, size, seed }: TrainingData): DataFacts {
  const { shape, classes, classNames } = train;
  return { source, train: train.count, test: test.count, shape, classes, classNames, split, size, seed };
}
