import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from '../../../bench/results/pack.ts';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { saveModel } from '../../../src/io/model-file.ts';
import { createModel } from '../../../src/nn/create-model.ts';
import { MODELS } from '../../../src/nn/models/index.ts';
import { exportNetwork } from '../../../src/nn/trained-network.ts';
import { Random } from '../../../src/random/random.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { TRAIN_DEFAULTS } from '../../../src/train/options.ts';
import { train } from '../../../src/train/train.ts';
import { digestsBelow, program, untimed, type Work } from '../work.ts';

const WORDS = '--limit 12 --aside 4 --exact-steps 2 --workers 1 --quiet'.split(' ');

/** `npm run results` on two small networks of drawn digits; what it has measured of a network is kept part by part. */
export async function results(shared: string): Promise<Work> {
  const networks = join(shared, 'networks');
  await mkdir(networks, { recursive: true });
  for (const name of ['digits-a', 'digits-b']) await packSmall(name, networks);
  return {
    name: 'results',
    says: 'every measured figure, what is kept of each part, and every drawing',
    command: (folder) =>
      program(
        '../../bench/results/run',
        ...WORDS,
        ...['--dir', networks, '--cache', join(folder, 'cache')],
        ...['--json', join(folder, 'r.json'), '--svg', join(folder, 'figures')],
      ),
    async outcome(folder) {
      const result = await untimed(join(folder, 'r.json'), folder);
      if (result === null) return null;
      return JSON.stringify({ result, files: await digestsBelow(folder, '.svg') });
    },
  };
}

async function packSmall(name: string, folder: string): Promise<void> {
  const runtime = createRuntime();
  const path = join(folder, `${name}.trained.safetensors`);
  try {
    const architecture = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu', width: 0.25, levels: 4 });
    const seed = name.charCodeAt(name.length - 1);
    const model = createModel(runtime.heap, architecture, Random.seeded(seed));
    const data = {
      train: drawStrokes({ count: 256, seed, split: 'train' }),
      test: drawStrokes({ count: 12, seed, split: 'test' }),
    };
    for (const _ of train(runtime, model, data, { ...TRAIN_DEFAULTS, epochs: 1 }));
    const provenance = { dataset: 'strokes', seed, recipe: 'strokes-lenet-strelu', epochs: 1, width: 0.25 };
    await saveModel(path, exportNetwork(model, provenance));
    await pack({ path, name, folder, workers: 1, limit: 12 });
  } finally {
    runtime.close();
    await rm(path, { force: true });
  }
}
