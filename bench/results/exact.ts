/**
 * @file The exact mode on every test image: tracer neurons run until they are silent (law L16), and must answer as the
 * quantised network does, which is computed without spikes. Weights lie on a grid on which float32 rounds nothing.
 */
import { setImmediate } from 'node:timers/promises';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork } from '../../src/convert/transforms/exact-network.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { networkInput } from '../../src/lab/index.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { argmax } from '../../src/nn/argmax.ts';
import type { Progress } from '../../src/progress.ts';
import { quantisedLogits } from '../../src/proof/networks/quantised-logits.ts';
import type { Runtime } from '../../src/runtime.ts';
import { simulate } from '../../src/snn/simulate.ts';

export interface ExactResult {
  readonly steps: number;
  readonly images: number;
  /** Percent, of the quantised network on the grid, and of the spikes. */
  readonly quantisedAccuracy: number;
  readonly accuracy: number;
  /** Images whose class differs. */
  readonly mismatches: number;
  /** Images of which any logit differs in any bit. */
  readonly otherLogits: number;
  /** Steps until the last tracer is silent: mean, and the most. */
  readonly latency: { readonly mean: number; readonly most: number };
}

const PORTION = 100;

export async function measureExact(
  runtime: Runtime,
  name: string,
  trained: TrainedNetwork,
  dataset: Dataset,
  steps: number,
  progress: Progress,
): Promise<ExactResult> {
  const network = exactNetwork(convert(trained, { neuron: 'tracer' }).snn, steps);
  const { classes } = network;
  let [right, quantisedRight, mismatches, otherLogits, latency, most] = [0, 0, 0, 0, 0, 0];
  progress.start(`${name}, exact mode`, dataset.count);
  for (let start = 0; start < dataset.count; start += PORTION) {
    const count = Math.min(PORTION, dataset.count - start);
    const images = networkInput(dataset, start, count, network);
    const wanted = quantisedLogits(runtime, network, images, steps);
    const run = simulate(network, images, { steps, schedule: 'settling', runtime });
    const found = run.logits.subarray(-count * classes);
    for (let i = 0; i < count; i++) {
      const [answer, ideal] = [argmax(found, i * classes, classes), argmax(wanted, i * classes, classes)];
      if (answer === dataset.labels[start + i]) right++;
      if (ideal === dataset.labels[start + i]) quantisedRight++;
      if (answer !== ideal) mismatches++;
      const own = found.subarray(i * classes, (i + 1) * classes);
      if (own.some((logit, c) => logit !== wanted[i * classes + c])) otherLogits++;
      latency += run.latency![i]!;
      most = Math.max(most, run.latency![i]!);
    }
    progress.update(start + count, `${mismatches} mismatches`);
    await setImmediate();
  }
  progress.stop();
  return {
    steps,
    images: dataset.count,
    quantisedAccuracy: (100 * quantisedRight) / dataset.count,
    accuracy: (100 * right) / dataset.count,
    mismatches,
    otherLogits,
    latency: { mean: latency / dataset.count, most },
  };
}
