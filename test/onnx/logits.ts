/** @file The logits of an imported network, and how far they are from others. */

import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { forward } from '../../src/nn/forward.ts';
import { withModel } from '../../src/nn/trained-network.ts';
import { createRuntime } from '../../src/runtime.ts';
import { Tape } from '../../src/tensor/tape.ts';

/**
 * @param images [batch, rows, columns, channels]
 * @param continuous without training grids
 */
export function logitsOf(
  network: TrainedNetwork,
  images: Float32Array<ArrayBuffer>,
  continuous = false,
): number[] {
  const runtime = createRuntime({ workers: 1 });
  try {
    return withModel(runtime.heap, network, (model) => {
      const tape = Tape.on(runtime, { recording: false });
      const { input } = network.architecture;
      const x = tape.tensor([images.length / (input[0] * input[1] * input[2]), ...input]);
      x.data.set(images);
      return [...forward(tape, model, x, { continuous }).data];
    });
  } finally {
    runtime.close();
  }
}

/** The largest difference of two rows, in units of the largest value where that is above 1. */
export function farthest(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const size = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...found.map((x, i) => Math.abs(x - expected[i]!) / size));
}
