/** @file A small random data set for a random network, to calibrate it as the command line does. */

import type { RunCalibration } from '../../src/convert/calibration.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { calibrate } from '../../src/lab/calibrate.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';

function randomDataset({ architecture }: TrainedNetwork, count: number, seed: number): Dataset {
  const random = Random.seeded(seed);
  const { input, classes } = architecture;
  return {
    name: 'random',
    images: Uint8Array.from({ length: count * input[0] * input[1] * input[2] }, () => random.integer(256)),
    labels: new Uint8Array(count),
    count,
    shape: input,
    classes,
    classNames: Array.from({ length: classes }, (_, c) => `${c}`),
    mean: new Array<number>(input[2]).fill(0.5),
    deviation: new Array<number>(input[2]).fill(0.25),
    synthetic: true,
  };
}

/** One for all, on this thread alone. */
const runtime = createRuntime();

export async function randomCalibration(
  network: TrainedNetwork,
  count: number,
  steps: number,
  seed: number,
): Promise<RunCalibration> {
  const dataset = randomDataset(network, count, seed);
  const { activations, images } = await calibrate(runtime, network, dataset, count, steps);
  return { activations, images, steps };
}
