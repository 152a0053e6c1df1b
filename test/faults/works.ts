/** @file What threads of strelu work on: a training, a simulation, a calibration, batches made ahead, the pictures of a folder. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { convert } from '../../src/convert/convert.ts';
import { prefetch } from '../../src/data/prefetch/prefetch.ts';
import { drawStrokes } from '../../src/data/strokes.ts';
import { decodePictures } from '../../src/io/folder/decode-pictures.ts';
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { calibrate } from '../../src/lab/calibrate.ts';
import { networkInput } from '../../src/lab/simulate/network-input.ts';
import { closeable } from '../../src/memory/closeable.ts';
import { Heap } from '../../src/memory/heap.ts';
import { WorkerTeam } from '../../src/memory/worker-team.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { disposeModel } from '../../src/nn/model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import type { spawnThread } from '../../src/platform/threads.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime, type Runtime } from '../../src/runtime.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { TRAIN_DEFAULTS } from '../../src/train/options.ts';
import { train } from '../../src/train/train.ts';
import { writePictures } from '../support/write-pictures.ts';

/** How threads are started, and how long they are waited for. */
export interface Threads {
  readonly spawn?: typeof spawnThread;
  readonly patienceMs?: number;
}

export interface FaultWork {
  /** True: a lost thread is an error, as its share of a job is lost. False: the work is done all the same. */
  readonly breaks: boolean;
  /** Does it on a runtime. @returns a digest of the whole result */
  run(runtime: Runtime, threads: Threads): Promise<string>;
}

const SET = drawStrokes({ count: 96, seed: 1, split: 'train' });
const ARCHITECTURE = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu', width: 0.25 });
const digest = (...parts: readonly ArrayBufferView[]): string => {
  const hash = createHash('sha256');
  for (const part of parts)
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice());
  return hash.digest('hex');
};

/** A runtime of two lanes, the second of which is started in a way of the caller's. */
export function runtimeOf({ spawn, patienceMs }: Threads): Runtime {
  const heap = new Heap();
  const team = new WorkerTeam(heap, 2, {
    ...(spawn !== undefined && { spawn }),
    ...(patienceMs !== undefined && { patienceMs }),
  });
  return { heap, team, kernels: createSimdKernels(heap, team), ...closeable(() => team.close()) };
}

/** Room in the event loop, where the end of a thread is heard. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function training(runtime: Runtime): Promise<string> {
  const { heap } = runtime;
  const model = createModel(heap, ARCHITECTURE, Random.seeded(1));
  try {
    const options = { ...TRAIN_DEFAULTS, epochs: 1, batchSize: 32, augment: { crop: 2 } };
    for (const _ of train(runtime, model, { train: SET, test: SET }, options)) await pause();
    return digest(...[...model.tensors.values()].map(({ data }) => data));
  } finally {
    disposeModel(heap, model);
  }
}

const NETWORK = ((): ReturnType<typeof exportNetwork> => {
  const runtime = createRuntime();
  const network = exportNetwork(createModel(runtime.heap, ARCHITECTURE, Random.seeded(1)));
  runtime.close();
  return network;
})();

/** @param folder where pictures lie, or are made */
export function faultWorks(folder: string): Readonly<Record<string, FaultWork>> {
  const { snn } = convert(NETWORK, { method: 'strelu', neuron: 'half' });
  return {
    training: { breaks: true, run: (runtime) => training(runtime) },
    simulation: {
      breaks: true,
      run: async (runtime) => {
        const images = networkInput(SET, 0, 24, snn);
        return digest(simulate(snn, images, { steps: 4, schedule: 'streaming', runtime }).logits);
      },
    },
    calibration: {
      breaks: true,
      run: async (runtime) =>
        digest(
          ...[...(await calibrate(runtime, NETWORK, SET, 64)).activations.values()].map((seen) =>
            Float32Array.from(seen),
          ),
        ),
    },
    batches: {
      breaks: false,
      run: async (_, threads) => {
        const batches = prefetch(SET, { batchSize: 8, seed: 3 }, { crop: 2, flip: true }, threads);
        const parts: Float32Array[] = [];
        try {
          for (let serial = 0; serial < 48; serial++) {
            const pixels = new Float32Array(8 * 784);
            batches.fill(Math.floor(serial / 12), serial % 12, pixels, new Uint8Array(8));
            parts.push(pixels);
            if (serial % 4 === 0) await pause();
          }
        } finally {
          batches.close();
        }
        return digest(...parts);
      },
    },
    pictures: {
      breaks: false,
      run: async (_, threads) => {
        const names = await readdir(folder).catch(() => []);
        if (names.length === 0) await writePictures(folder, ['a', 'b'], 120, { height: 24, width: 24 });
        const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.png'));
        const request = { files: files.sort().map((name) => join(folder, name)), threads: 1, ...threads };
        return digest((await decodePictures(request)).images);
      },
    },
  };
}
