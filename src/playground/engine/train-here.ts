/**
 * @file Trains a small network in the page, on digits that the page draws itself or on images of one's own. It can be stopped at any
 * step; what it has learned by then is converted and opened.
 */
import { take } from '../../data/dataset.ts';
import { learnedFrom } from '../../data/learned.ts';
import { drawStrokes } from '../../data/strokes.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { createModel } from '../../nn/create-model.ts';
import { disposeModel } from '../../nn/model.ts';
import { exportNetwork } from '../../nn/trained-network.ts';
import { Random } from '../../random/random.ts';
import { evaluate } from '../../train/evaluate.ts';
import { fit } from '../../train/fit.ts';
import { TRAIN_DEFAULTS } from '../../train/options.ts';
import type { NetworkFacts, TrainProgress, TrainRequest } from '../protocol.ts';
import { networkFor } from './data/network-for.ts';
import { openTrained } from './open-network.ts';
import type { TrainingData, Workbench } from './workbench.ts';

/** Digits drawn to learn from, and to be tested on. */
const DIGITS = { train: 4000, test: 500, quick: 200 } as const;
/** Steps between two measurements of the test accuracy. */
const MEASURE = 25;
const RECIPE = { ...TRAIN_DEFAULTS, batchSize: 32, ema: 0 };
/** Images that a training looks at in all, and how often at each at most. */
const LOOKS = 12_000;
const MOST_EPOCHS = 100;

/** @throws Error when a training is under way already */
export async function trainHere(
  bench: Workbench,
  { seconds, seed }: TrainRequest,
  tell: (progress: TrainProgress) => void,
): Promise<NetworkFacts> {
  if (bench.training) throw new Error('training: expected none under way, found one; stop it first');
  const { runtime } = bench;
  const begun = performance.now();
  const elapsed = (): number => (performance.now() - begun) / 1000;
  const { data } = bench;
  const { train, test } = data ?? drawn(seed);
  const quick = data
    ? take(test, DIGITS.quick)
    : drawStrokes({ count: DIGITS.quick, seed: seed + 1, split: 'test' });
  const model = createModel(runtime.heap, networkFor(train.shape, train.classes), Random.seeded(seed));
  const stop = new AbortController();
  bench.training = stop;
  try {
    await fit(
      runtime,
      model,
      { train, test },
      { ...RECIPE, ...lengthFor(train.count), seed },
      {
        signal: stop.signal,
        onStep: ({ step, totalSteps, loss, trainAccuracy }) => {
          const measured = step % MEASURE === 0 || step === totalSteps;
          const testAccuracy = measured ? evaluate(runtime, model, quick).accuracy : null;
          tell({ step, totalSteps, loss, trainAccuracy, testAccuracy, seconds: elapsed() });
          if (elapsed() > seconds) stop.abort();
        },
      },
    );
    const network = data
      ? exportNetwork(model, provenanceOf(data, seed), learnedFrom(train))
      : exportNetwork(model, { dataset: 'strokes', seed, trainedIn: 'the page' });
    return openTrained(bench, 'trained here', network, { data: { train, test } });
  } finally {
    bench.training = null;
    disposeModel(runtime.heap, model);
  }
}

function drawn(seed: number): Pick<TrainingData, 'train' | 'test'> {
  const [train, test] = (['train', 'test'] as const).map((split) =>
    drawStrokes({ count: DIGITS[split], seed, split }),
  );
  return { train: train!, test: test! };
}

/** Few images are looked at more often, and in mini-batches that they fill. */
function lengthFor(count: number): { readonly epochs: number; readonly batchSize: number } {
  const epochs = Math.min(MOST_EPOCHS, Math.max(1, Math.ceil(LOOKS / count)));
  return { epochs, batchSize: Math.min(RECIPE.batchSize, count) };
}

/** As the command line writes it down, so that it reads the same images again. The seed is that of the split. */
function provenanceOf(
  { source, split, size, seed: read }: TrainingData,
  seed: number,
): TrainedNetwork['provenance'] {
  return {
    dataset: source,
    seed: split === null ? seed : read,
    trainedIn: 'the page',
    ...(split !== null && { split }),
    ...(size !== null && { size }),
  };
}
