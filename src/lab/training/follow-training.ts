/**
 * @file A training that reports its progress.
 */
import type { Model } from '../../nn/model.ts';
import type { Progress } from '../../progress.ts';
import { percent, significant } from '../../report/format.ts';
import type { Runtime } from '../../runtime.ts';
import type { EpochSummary } from '../../train/checkpoint.ts';
import { type FitSettings, fit } from '../../train/fit.ts';
import type { TrainOptions } from '../../train/options.ts';
import type { TrainData } from '../../train/train.ts';

/** Trains `model` in place. `split` says what `data.test` is. @returns what each epoch came to, those before a resumed checkpoint included */
export async function followTraining(
  runtime: Runtime,
  model: Model,
  data: TrainData,
  options: TrainOptions,
  progress: Progress,
  settings: FitSettings = {},
  split: 'test' | 'validation' = 'test',
): Promise<readonly EpochSummary[]> {
  const { epochs } = options;
  let started = false;
  const { curve } = await fit(runtime, model, data, options, {
    ...settings,
    onStep({ step, totalSteps, epoch, loss, trainAccuracy, imagesPerSecond }) {
      if (!started) progress.start('training', totalSteps);
      started = true;
      progress.update(
        step,
        `epoch ${epoch}/${epochs}, loss ${significant(loss, 3)}, ${percent(trainAccuracy)} %, ${Math.round(imagesPerSecond)} images/s`,
      );
    },
    onEpoch({ summary: { epoch, loss, trainAccuracy, testAccuracy } }) {
      progress.note(
        `epoch ${epoch}/${epochs}: loss ${significant(loss, 3)}, training ${percent(trainAccuracy)} %, ${split} ${percent(testAccuracy)} %`,
      );
    },
  });
  progress.stop();
  return curve;
}
