/**
 * @file Trains a small network in the page, on digits that the page draws itself. It can be stopped at any step; what it has learned
 * by then is converted and opened.
 */
import { drawStrokes } from '../../data/strokes.ts';
import { createModel } from '../../nn/create-model.ts';
import { disposeModel } from '../../nn/model.ts';
import { MODELS } from '../../nn/models/index.ts';
import { exportNetwork } from '../../nn/trained-network.ts';
import { Random } from '../../random/random.ts';
import { evaluate } from '../../train/evaluate.ts';
import { fit } from '../../train/fit.ts';
import { TRAIN_DEFAULTS } from '../../train/options.ts';
import type { NetworkFacts, TrainProgress, TrainRequest } from '../protocol.ts';
import { openTrained } from './open-network.ts';
import type { Workbench } from './workbench.ts';

/** Digits drawn to learn from, and to be tested on. */
const DIGITS = { train: 4000, test: 500, quick: 200 } as const;
/** Steps between two measurements of the test accuracy. */
const MEASURE = 25;
const RECIPE = { ...TRAIN_DEFAULTS, epochs: 3, batchSize: 32, ema: 0 };

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
  const [train, test] = (['train', 'test'] as const).map((split) =>
    drawStrokes({ count: DIGITS[split], seed, split }),
  );
  const quick = drawStrokes({ count: DIGITS.quick, seed: seed + 1, split: 'test' });
  const options = { activation: 'strelu', levels: 2, width: 0.75 } as const;
  const model = createModel(runtime.heap, MODELS.lenet(train!.shape, 10, options), Random.seeded(seed));
  const stop = new AbortController();
  bench.training = stop;
  try {
    await fit(
      runtime,
      model,
      { train: train!, test: test! },
      { ...RECIPE, seed },
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
    const network = exportNetwork(model, { dataset: 'strokes', seed, trainedIn: 'the page' });
    return openTrained(bench, 'trained here', network);
  } finally {
    bench.training = null;
    disposeModel(runtime.heap, model);
  }
}
