/**
 * @file What methods for ReLU set thresholds and biases from: training images, and the activations seen on them.
 */
import type { RunCalibration } from '../convert/calibration.ts';
import { type Dataset, take } from '../data/dataset.ts';
import type { Layer, TrainedNetwork } from '../nn/architecture.ts';
import type { Runtime } from '../runtime.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { evaluateNetwork } from './evaluate-network.ts';
import { networkInput } from './simulate/network-input.ts';

/** T of the spiking runs, unless asked otherwise. */
export const CALIBRATION_STEPS = 32;

/**
 * The first `images` of the data set, and every activation of each, by layer.
 * @param steps T of the runs that some methods make on them, on the threads of the runtime while it is open
 */
export async function calibrate(
  runtime: Runtime,
  network: TrainedNetwork,
  dataset: Dataset,
  images: number,
  steps: number = CALIBRATION_STEPS,
): Promise<RunCalibration> {
  const seen = new Map<string, Float32Array[]>();
  const onOutput = (layer: Layer, output: Tensor): void => {
    if (layer.kind !== 'activation') return;
    const parts = seen.get(layer.name) ?? [];
    parts.push(Float32Array.from(output.data));
    seen.set(layer.name, parts);
  };
  const batchSize = Math.min(32, images);
  await evaluateNetwork(runtime, network, take(dataset, images), { batchSize, onOutput });
  const activations = new Map([...seen].map(([name, parts]) => [name, concatenated(parts)]));
  return {
    activations,
    images: networkInput(dataset, 0, Math.min(images, dataset.count)),
    steps,
    engine: { runtime, kernels: runtime.kernels.name },
  };
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
