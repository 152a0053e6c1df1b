/**
 * @file One run of the study: trained, or read where an earlier study left it, and its answers to its validation images.
 */
import { join } from 'node:path';
import { holdOut } from '../../src/data/hold-out.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { evaluateNetwork, openOrTrain, type TrainingRun } from '../../src/lab/index.ts';
import { summarise, totals } from '../../src/nn/summary.ts';
import type { Progress } from '../../src/progress.ts';
import type { Runtime } from '../../src/runtime.ts';

export interface Measured {
  readonly seed: number;
  /** Percent of the validation images. */
  readonly accuracy: number;
  readonly images: number;
  /** Multiply-accumulates of one image. */
  readonly macs: number;
  /** Floating-point operations of the training: 2 for each multiply-accumulate, and 3 passes (forward, and two backward). */
  readonly operations: number;
  /** For each validation image 1 where it is put into its class. */
  readonly right: Uint8Array;
}

export interface Place {
  readonly runtime: Runtime;
  /** Where networks are kept. */
  readonly folder: string;
  /** Where data sets are looked for first. */
  readonly directory: string | undefined;
  readonly progress: Progress;
}

/** An interrupted run resumes from its checkpoint; a finished one is read. */
export async function measureRun(place: Place, name: string, run: TrainingRun): Promise<Measured> {
  const { runtime, folder, directory, progress } = place;
  const out = join(folder, `${name}-${run.seed}.safetensors`);
  const { file } = await openOrTrain({ runtime, run, out, directory, progress });
  const { network } = file;
  const { seed, validation, limit, dataset } = run;
  const options = { directory, seed, ...(limit !== null && { limit }) };
  const all = await openDataset(dataset, 'train', options);
  const held = holdOut(all, { count: validation, seed }).validation;
  const { accuracy, predictions } = await evaluateNetwork(runtime, network, held);
  const { macs } = totals(summarise(network.architecture));
  const steps = Math.floor((all.count - validation) / run.batchSize) * run.epochs;
  return {
    ...{ seed, accuracy, macs, images: held.count },
    operations: 6 * macs * steps * run.batchSize,
    right: Uint8Array.from(predictions, (found, i) => Number(found === held.labels[i])),
  };
}
