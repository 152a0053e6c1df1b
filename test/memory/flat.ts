/** @file The memory of the whole process over many steps of one training and many simulated images. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { convert } from '../../src/convert/convert.ts';
import { networkInput } from '../../src/lab/simulate/network-input.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { disposeModel } from '../../src/nn/model.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import type { Runtime } from '../../src/runtime.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { train } from '../../src/train/train.ts';
import { bars, SMALL_OPTIONS, smallNetwork } from '../train/small.ts';

/** Steps or images, and what the process and its heap held. */
export interface Sample {
  readonly done: number;
  /** Resident memory after a forced garbage collection, bytes. */
  readonly resident: number;
  /** Bytes in live blocks of the heap of tensors. */
  readonly used: number;
}

type Look = (runtime: Runtime, done: number) => Sample;

/** Looked at so often. */
const SAMPLES = 100;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function sample(runtime: Runtime, done: number): Sample {
  collect();
  collect();
  return { done, resident: process.memoryUsage.rss(), used: runtime.heap.used };
}

/** One training of so many steps: augmented batches from a thread of their own, moments, averaged weights, test accuracy every 8 steps. */
export function trainFor(runtime: Runtime, steps: number, look: Look = sample): Sample[] {
  const model = createModel(runtime.heap, smallNetwork(2), Random.seeded(1));
  const data = { train: bars(64, 1), test: bars(8, 2) };
  const options = { ...SMALL_OPTIONS, epochs: Math.ceil(steps / 8), ema: 0.9, augment: { flip: true } };
  const samples: Sample[] = [];
  try {
    for (const { step } of train(runtime, model, data, options))
      if (step % Math.ceil(steps / SAMPLES) === 0) samples.push(look(runtime, step));
  } finally {
    disposeModel(runtime.heap, model);
  }
  return samples;
}

/** So many images, 20 in each simulation of a network of its own. */
export function simulateFor(runtime: Runtime, images: number, look: Look = sample): Sample[] {
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
  const { snn } = convert(exportNetwork(model), { method: 'strelu', neuron: 'half' });
  disposeModel(runtime.heap, model);
  const input = networkInput(bars(20, 3), 0, 20);
  const samples: Sample[] = [];
  for (let done = 20; done <= images; done += 20) {
    simulate(snn, input, { steps: 8, schedule: 'streaming', runtime });
    if (done % Math.ceil(images / SAMPLES) < 20) samples.push(look(runtime, done));
  }
  return samples;
}

/** Growth in percent: the median of the last quarter against that of the second, so that what is made once counts for nothing. */
export function growth(samples: readonly Sample[]): {
  readonly from: number;
  readonly to: number;
  readonly percent: number;
} {
  const quarter = Math.floor(samples.length / 4);
  const [from, to] = [samples.slice(quarter, 2 * quarter), samples.slice(3 * quarter)].map((part) => {
    const sorted = part.map(({ resident }) => resident).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)]!;
  }) as [number, number];
  return { from, to, percent: 100 * (to / from - 1) };
}
