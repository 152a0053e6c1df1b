/**
 * @file A trained network into datasets/pretrained/: weights rounded to float16, as training images choose, then measured
 * as they are.
 */
import { join } from 'node:path';
import type { Dataset } from '../../src/data/dataset.ts';
import { InputError, UsageError } from '../../src/errors.ts';
import { encodeModel } from '../../src/format/model-format.ts';
import { bytesDigest } from '../../src/io/digest.ts';
import { isFile } from '../../src/io/files.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { DATASET_NAMES, openDataset } from '../../src/io/open-dataset.ts';
import { type Pretrained, readPretrained } from '../../src/io/pretrained.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { trainCommand } from '../../src/lab/index.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { withModel } from '../../src/nn/trained-network.ts';
import { createRuntime } from '../../src/runtime.ts';
import { testAccuracy } from '../../src/train/test-accuracy.ts';
import { chooseRounding, type Rounding } from './rounding.ts';

export interface PackRequest {
  /** A file that train wrote. */
  readonly path: string;
  readonly name: string;
  /** Where index.json lies. */
  readonly folder: string;
  readonly data?: string | undefined;
  readonly workers: number;
  /** Fewer test images, and fewer that choose the rounding, for tests. */
  readonly limit?: number;
  /** Told of the rounding, once it is chosen. */
  readonly onRounding?: (rounding: Rounding) => void;
}

/** Writes NAME.safetensors and the network's line in index.json. @throws InputError, UsageError */
export async function pack(request: PackRequest): Promise<Pretrained> {
  const { path, name, folder, data, workers, limit, onRounding } = request;
  if (!/^[a-z0-9-]+$/.test(name))
    throw new UsageError(`name: expected small letters, digits and hyphens, found "${name}"`);
  const trained = await loadModel(path);
  const { dataset: learned, seed } = trained.provenance;
  const dataset = DATASET_NAMES.find((known) => known === learned);
  if (!dataset || typeof seed !== 'number')
    throw new InputError(`${path}: does not say which data set and seed it learned from; train it again`);
  const shown = await openDataset(dataset, 'train', { directory: data, seed, limit });
  const test = await openDataset(dataset, 'test', { directory: data, seed, limit });
  const runtime = createRuntime({ workers });
  try {
    const accuracy = (network: TrainedNetwork, images: Dataset, flip = false): number =>
      withModel(runtime.heap, network, (model) => testAccuracy(runtime, model, images, { flip }));
    const rounding = chooseRounding(trained, (candidate) => accuracy(candidate, shown));
    onRounding?.(rounding);
    const rounded = rounding.network;
    const [ann, flipped] = [accuracy(rounded, test), accuracy(rounded, test, true)] as const;
    const network: TrainedNetwork = {
      ...rounded,
      provenance: {
        ...rounded.provenance,
        ...{ weights: 'float16', rounding: rounding.draw, accuracy: ann, flippedAccuracy: flipped },
      },
    };
    const bytes = encodeModel(network, { halfWeights: true });
    const file = `${name}.safetensors`;
    await writeAtomic(join(folder, file), bytes);
    const entry: Pretrained = {
      name,
      file,
      sha256: bytesDigest(bytes, 'sha256'),
      bytes: bytes.length,
      dataset,
      command: `${trainCommand(trained.provenance)} --out runs/${file}`,
      seed,
      accuracy: { ann, flipped },
      images: test.count,
    };
    const index = join(folder, 'index.json');
    const others = (await isFile(index)) ? await readPretrained(folder) : [];
    const networks = [...others.filter((other) => other.name !== name), entry];
    networks.sort((a, b) => (a.name < b.name ? -1 : 1));
    await writeAtomic(index, `${JSON.stringify({ networks }, null, 2)}\n`);
    return entry;
  } finally {
    runtime.close();
  }
}
