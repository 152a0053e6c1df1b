/**
 * @file The activations that recipes for ReLU set their thresholds from, seen on training images.
 */
import { setImmediate } from 'node:timers/promises';
import type { Calibration } from '../convert/recipe.ts';
import { type Dataset, take } from '../data/dataset.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';
import { modelFrom } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import { evaluate } from '../train/evaluate.ts';

/** Every activation of every image of the data set, by layer. */
export async function calibrate(
  runtime: Runtime,
  network: TrainedNetwork,
  dataset: Dataset,
  images: number,
): Promise<Calibration> {
  const seen = new Map<string, Float32Array[]>();
  await setImmediate();
  evaluate(runtime, modelFrom(runtime.heap, network), take(dataset, images), {
    batch: Math.min(32, images),
    onOutput: (layer, output) => {
      if (layer.kind !== 'activation') return;
      const parts = seen.get(layer.name) ?? [];
      parts.push(Float32Array.from(output.data));
      seen.set(layer.name, parts);
    },
  });
  return new Map([...seen].map(([name, parts]) => [name, concatenated(parts)]));
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
