/**
 * @file Runs a spiking network over a data set in portions: progress, a pause for signals, bounded memory.
 */
import { setImmediate } from 'node:timers/promises';
import { snapImages } from '../../convert/transforms/index.ts';
import { normalisation, normalise } from '../../data/batches.ts';
import type { Dataset } from '../../data/dataset.ts';
import { InputError } from '../../errors.ts';
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import type { Progress } from '../../progress.ts';
import { percent } from '../../report/format.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import type { LayerActivity, SimulateOptions, SimulationResult } from '../../snn/simulation.ts';

const PORTION = 200;

export interface Simulated {
  readonly result: SimulationResult;
  readonly imagesPerSecond: number;
}

/**
 * Images `start` to `start + count` as the network takes them: [count, height, width, channels], normalised, and rounded as the
 * network's dyadic grid asks when it has one.
 */
export function networkInput(
  dataset: Dataset,
  start: number,
  count: number,
  network?: SpikingNetwork,
): Float32Array<ArrayBuffer> {
  const size = mapSize(dataset.shape);
  const input = new Float32Array(count * size);
  const bytes = dataset.images.subarray(start * size, (start + count) * size);
  normalise(bytes, dataset.shape[2], normalisation(dataset), input, 0);
  const grid = network?.grid;
  return grid?.kind === 'dyadic' ? snapImages(input, grid) : input;
}

/** @throws InputError when a network, trained or spiking, was made for other images */
export function checkInput(
  network: { readonly name: string; readonly input: MapShape; readonly classes: number },
  dataset: Dataset,
): void {
  const same = network.input.join() === dataset.shape.join() && network.classes === dataset.classes;
  if (same) return;
  throw new InputError(
    `${dataset.name}: images of ${dataset.shape.join('x')} in ${dataset.classes} classes, but ${network.name} expects ${network.input.join('x')} in ${network.classes}; use the data set the network was trained on`,
  );
}

export async function simulateNetwork(
  network: SpikingNetwork,
  dataset: Dataset,
  options: SimulateOptions,
  progress: Progress,
  label: string,
): Promise<Simulated> {
  checkInput(network, dataset);
  progress.start(label, dataset.count);
  const portions: SimulationResult[] = [];
  let right = 0;
  let milliseconds = 0;
  for (let start = 0; start < dataset.count; start += PORTION) {
    const count = Math.min(PORTION, dataset.count - start);
    const input = networkInput(dataset, start, count, network);
    const begun = performance.now();
    const portion = simulate(network, input, options);
    milliseconds += performance.now() - begun;
    portions.push(portion);
    const last = portion.predictions.subarray((options.steps - 1) * count);
    for (let i = 0; i < count; i++) if (last[i] === dataset.labels[start + i]) right++;
    const done = start + count;
    progress.update(
      done,
      `${percent((100 * right) / done)} %, ${((1000 * done) / milliseconds).toFixed(0)} images/s`,
    );
    await setImmediate();
  }
  progress.stop();
  return { result: joinPortions(portions), imagesPerSecond: (1000 * dataset.count) / milliseconds };
}

/** The results of consecutive images as if they had been one run. */
export function joinPortions(portions: readonly SimulationResult[]): SimulationResult {
  const first = portions[0]!;
  if (portions.length === 1) return first;
  const { steps, classes } = first;
  const images = portions.reduce((sum, portion) => sum + portion.images, 0);
  const logits = new Float32Array(steps * images * classes);
  const predictions =
    first.predictions instanceof Uint8Array
      ? new Uint8Array(steps * images)
      : new Uint16Array(steps * images);
  for (let t = 0; t < steps; t++) {
    let at = t * images;
    for (const portion of portions) {
      const from = t * portion.images;
      logits.set(portion.logits.subarray(from * classes, (from + portion.images) * classes), at * classes);
      predictions.set(portion.predictions.subarray(from, from + portion.images), at);
      at += portion.images;
    }
  }
  const layers = first.layers.map((_, l) =>
    joinLayers(
      portions.map((portion) => ({ layer: portion.layers[l]!, ran: imageSteps(portion) })),
      images,
    ),
  );
  const latency = Int32Array.from(portions.flatMap((portion) => [...(portion.latency ?? [])]));
  const stopped = Int32Array.from(portions.flatMap((portion) => [...(portion.stopped ?? [])]));
  return {
    ...first,
    images,
    logits,
    predictions,
    layers,
    record: [],
    ...(latency.length > 0 && { latency }),
    ...(stopped.length > 0 && { stopped }),
  };
}

/** Steps that were run, over all images. */
function imageSteps({ images, steps, stopped }: SimulationResult): number {
  return stopped ? stopped.reduce((sum, ran) => sum + ran, 0) : images * steps;
}

function joinLayers(
  parts: readonly { readonly layer: LayerActivity; readonly ran: number }[],
  images: number,
): LayerActivity {
  const { name, neurons, spikes } = parts[0]!.layer;
  const sum = (values: (layer: LayerActivity) => Float64Array): Float64Array<ArrayBuffer> =>
    Float64Array.from(spikes, (_, t) => parts.reduce((total, { layer }) => total + values(layer)[t]!, 0));
  const total = sum((layer) => layer.spikes);
  const ran = parts.reduce((steps, part) => steps + part.ran, 0);
  return {
    name,
    neurons,
    spikes: total,
    accumulates: sum((layer) => layer.accumulates),
    overload: parts.reduce((mean, part) => mean + (part.layer.overload * part.ran) / ran, 0),
    density: total.map((count) => count / (neurons * images)),
  };
}
