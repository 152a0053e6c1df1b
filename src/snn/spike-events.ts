/**
 * @file The spikes of a recorded run one by one, as other tools take them: when, where and with which sign.
 */
import { UsageError } from '../errors.ts';
import type { SimulationResult } from './simulation.ts';

/** Spikes in the order of images, layers, steps and neurons; entry i of every array is spike i. */
export interface SpikeEvents {
  readonly image: Int32Array<ArrayBuffer>;
  /** 0 is the first step. */
  readonly t: Int32Array<ArrayBuffer>;
  /** Index of the layer in the network. */
  readonly layer: Int32Array<ArrayBuffer>;
  /** Its place on the map: row, column, channel. */
  readonly neuron: Int32Array<ArrayBuffer>;
  /** 1 or -1; several where a neuron sends several spikes in one step. */
  readonly sign: Int8Array<ArrayBuffer>;
}

/**
 * The spikes of a run that was asked to record them.
 * @param firstImage the number of the run's first image
 * @throws UsageError for a run that was not
 * @example
 * const { t, sign } = spikeEvents(simulate(snn, images, { steps: 4, record: { spikes: true } }));
 * t.length === sign.length; // true
 */
export function spikeEvents(
  { record, layers, images, steps }: SimulationResult,
  firstImage = 0,
): SpikeEvents {
  if (!record.some(({ spikes }) => spikes))
    throw new UsageError('spikeEvents: expected a run with record: { spikes: true }, found none on record');
  const count = record.reduce(
    (sum, { spikes }) => sum + (spikes?.reduce((n, s) => n + (s === 0 ? 0 : 1), 0) ?? 0),
    0,
  );
  const column = (): Int32Array<ArrayBuffer> => new Int32Array(count);
  const events = {
    image: column(),
    t: column(),
    layer: column(),
    neuron: column(),
    sign: new Int8Array(count),
  };
  let at = 0;
  for (let image = 0; image < images; image++)
    for (const [layer, { spikes }] of record.entries()) {
      const { neurons } = layers[layer]!;
      for (let i = 0; spikes && i < steps * neurons; i++) {
        const s = spikes[image * steps * neurons + i]!;
        if (s === 0) continue;
        events.image[at] = firstImage + image;
        events.t[at] = Math.floor(i / neurons);
        events.layer[at] = layer;
        events.neuron[at] = i % neurons;
        events.sign[at++] = s;
      }
    }
  return events;
}

/** The events of several runs, one after the other. */
export function joinSpikeEvents(runs: readonly SpikeEvents[]): SpikeEvents {
  const count = runs.reduce((sum, { sign }) => sum + sign.length, 0);
  const column = (of: (events: SpikeEvents) => Int32Array): Int32Array<ArrayBuffer> => {
    const out = new Int32Array(count);
    let at = 0;
    for (const run of runs) {
      out.set(of(run), at);
      at += of(run).length;
    }
    return out;
  };
  return {
    image: column(({ image }) => image),
    t: column(({ t }) => t),
    layer: column(({ layer }) => layer),
    neuron: column(({ neuron }) => neuron),
    sign: Int8Array.from(column(({ sign }) => Int32Array.from(sign))),
  };
}
