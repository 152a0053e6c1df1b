/** @file What the examples in doc comments may take for granted: one small network of every form, and where it runs. */

import * as strelu from '../src/index.ts';
import * as manifest from '../src/io/manifest.ts';
import * as assembler from '../src/kernels/assembler/assembler.ts';
import * as options from '../src/terminal/options.ts';

/** Every name that an example can use beside the exports of its own file. */
export function exampleScope(): { names: Record<string, unknown>; close(): void } {
  const runtime = strelu.createRuntime();
  const dataset = strelu.drawStrokes({ count: 20, seed: 1, split: 'test' });
  const architecture = strelu.MODELS.lenet(dataset.shape, 10, { activation: 'strelu', width: 0.5 });
  const model = strelu.createModel(runtime.heap, architecture, strelu.Random.seeded(1));
  const network = strelu.exportNetwork(model, {});
  const { snn } = strelu.convert(network, { method: 'strelu', neuron: 'half' });
  const images = new Float32Array(2 * 28 * 28);
  strelu
    .createBatches(dataset, { batchSize: 2, seed: 1, shuffle: false })
    .fill(0, 0, images, new Uint8Array(2));
  const record = { spikes: true, membrane: true, currents: true, counts: true };
  const names = {
    ...strelu,
    ...assembler,
    ...manifest,
    ...options,
    runtime,
    heap: runtime.heap,
    tape: strelu.Tape.on(runtime),
    team: runtime.team,
    dataset,
    model,
    network,
    snn,
    images,
    image: images.subarray(0, 28 * 28),
    labels: dataset.labels,
    result: strelu.simulate(snn, images, { steps: 8, record }),
  };
  return { names, close: () => runtime.close() };
}
