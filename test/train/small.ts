import type { Dataset } from '../../src/data/dataset.ts';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { closeable } from '../../src/memory/closeable.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import type { Architecture } from '../../src/nn/architecture.ts';
import { builder } from '../../src/nn/models/build.ts';
import { Random } from '../../src/random/random.ts';
import type { Runtime } from '../../src/runtime.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../src/train/options.ts';

/** Plain kernels on a heap of its own. */
export function referenceRuntime(): Runtime {
  const heap = new Heap({ initialBytes: 2 ** 20 });
  const team = new LocalTeam(heap);
  return { heap, team, kernels: referenceKernels, ...closeable(() => team.close()) };
}

/** 6 x 6 images of three classes: a bright bar in the upper, middle or lower third, with noise. */
export function bars(count: number, seed: number): Dataset {
  const random = Random.seeded(seed);
  const images = new Uint8Array(count * 36);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  for (let i = 0; i < images.length; i++) {
    const label = labels[Math.floor(i / 36)]!;
    const lit = Math.floor((i % 36) / 12) === label;
    images[i] = (lit ? 120 : 0) + random.integer(120);
  }
  return {
    name: 'bars',
    images,
    labels,
    count,
    shape: [6, 6, 1],
    classes: 3,
    classNames: ['upper', 'middle', 'lower'],
    mean: [0.35],
    deviation: [0.25],
    synthetic: true,
  };
}

/** Every kind of layer once, small. */
export function smallNetwork(levels = 0): Architecture {
  const b = builder({ activation: 'strelu', levels });
  return {
    name: 'small',
    input: [6, 6, 1],
    classes: 3,
    layers: [
      b.conv(1, 4, 3, { padding: 1, bias: false }),
      b.norm(4),
      b.act(4),
      b.pool(2),
      b.residual([b.conv(4, 4, 3, { padding: 1 })], []),
      b.act(4),
      b.flatten(),
      b.dropout(0.2),
      b.linear(36, 3),
    ],
  };
}

export const SMALL_OPTIONS: TrainOptions = {
  ...TRAIN_DEFAULTS,
  epochs: 2,
  batchSize: 8,
  learningRate: 0.02,
  thetaRate: 0.5,
};
