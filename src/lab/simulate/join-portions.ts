/**
 * @file A simulation over many images is run in portions; their results make one.
 */
import type { RunActivity } from '../../energy/count-operations.ts';
import type { LayerActivity, SimulationResult } from '../../snn/simulation.ts';

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
  const layers = joinActivity(portions, images);
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

/** The activity of every layer over all portions, `images` in all. */
export function joinActivity(portions: readonly RunActivity[], images: number): LayerActivity[] {
  return portions[0]!.layers.map((_, l) =>
    joinLayers(
      portions.map((portion) => ({ layer: portion.layers[l]!, ran: imageSteps(portion) })),
      images,
    ),
  );
}

/** Steps that were run, over all images. */
function imageSteps({ images, steps, stopped }: RunActivity): number {
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
  // whole neuron-steps: their sum does not depend on how the images were divided
  const overloads = parts.reduce(
    (all, part) => all + Math.round(part.layer.overload * neurons * part.ran),
    0,
  );
  return {
    name,
    neurons,
    spikes: total,
    accumulates: sum((layer) => layer.accumulates),
    overload: overloads / (neurons * ran),
    density: total.map((count) => count / (neurons * images)),
  };
}
