/**
 * @file The running statistics of batch norms lag behind weights that move fast. Here they are taken anew: plain means over the batches
 * of some training images, all with the weights as they are now.
 */
import { createBatches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { Arena } from '../memory/arena.ts';
import type { Layer } from '../nn/architecture.ts';
import { forward } from '../nn/forward.ts';
import { withInner } from '../nn/inner-layers.ts';
import type { Model } from '../nn/model.ts';
import { Random } from '../random/random.ts';
import type { Runtime } from '../runtime.ts';
import { Tape } from '../tensor/tape.ts';

/** Images that the statistics are taken from, at most; always one whole batch. */
const IMAGES = 4_000;

/** Which images, and how the network is run. */
export interface RecomputeOptions {
  readonly seed: number;
  readonly batchSize: number;
  /** True: activations are not on their grid. */
  readonly continuous: boolean;
}

/** Overwrites the running means and variances; nothing else of the model changes. Images are not augmented. */
export function recomputeNorms(
  { heap, kernels }: Pick<Runtime, 'heap' | 'kernels'>,
  model: Model,
  train: Dataset,
  { seed, batchSize, continuous }: RecomputeOptions,
): void {
  const batches = createBatches(train, { batchSize, seed, dropLast: true });
  const count = Math.min(batches.perEpoch, Math.max(1, Math.floor(IMAGES / batchSize)));
  const labels = new Uint16Array(batchSize);
  const random = Random.seeded(seed).fork('norms');
  const tape = new Tape(kernels, new Arena(heap), { recording: false });
  try {
    for (let position = 0; position < count; position++) {
      tape.reset();
      const x = tape.tensor([batchSize, ...train.shape]);
      batches.fill(0, position, x.data as Float32Array, labels);
      const training = random.fork(`batch ${position}`);
      forward(tape, withMomentum(model, 1 / (position + 1)), x, { training, continuous });
    }
  } finally {
    tape.close();
  }
}

/** The same tensors in an architecture whose batch norms give the newest batch this weight: 1, 1/2, 1/3, ... make a plain mean. */
function withMomentum(model: Model, momentum: number): Model {
  const changed = (layers: readonly Layer[]): Layer[] =>
    layers.map((layer) => (layer.kind === 'batchNorm' ? { ...layer, momentum } : withInner(layer, changed)));
  const { architecture } = model;
  return { ...model, architecture: { ...architecture, layers: changed(architecture.layers) } };
}
