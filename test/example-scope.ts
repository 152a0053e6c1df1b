/** @file What the examples in doc comments may take for granted: one small network of every form, and where it runs. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fastPng from 'fast-png';
import ndarray from 'ndarray';
import * as strelu from '../src/index.ts';
import * as manifest from '../src/io/manifest.ts';
import * as assembler from '../src/kernels/assembler/assembler.ts';
import * as node from '../src/node.ts';
import * as options from '../src/terminal/options.ts';
import { packZip } from './data/pack-zip.ts';

/** Every name that an example can use beside the exports of its own file; `own` are those that docs/guide/examples.md makes. */
export function exampleScope(): {
  readonly names: Record<string, unknown>;
  readonly own: Record<string, unknown>;
  close(): void;
} {
  const runtime = strelu.createRuntime();
  const { heap, team } = runtime;
  const dataset = strelu.drawStrokes({ count: 20, seed: 1, split: 'test' });
  const architecture = strelu.MODELS.lenet(dataset.shape, 10, { activation: 'strelu', width: 0.5 });
  const model = strelu.createModel(heap, architecture, strelu.Random.seeded(1));
  const network = strelu.exportNetwork(model);
  const { snn } = strelu.convert(network);
  const images = strelu.normalised(strelu.take(dataset, 2));
  const record = { spikes: true, membrane: true, currents: true, counts: true };
  const result = strelu.simulate(snn, images, { steps: 8, record });
  const folder = mkdtempSync(join(tmpdir(), 'strelu-examples-'));
  const own = {
    runtime,
    heap,
    team,
    tape: strelu.Tape.on(runtime),
    dataset,
    labels: dataset.labels,
    architecture,
    model,
    network,
    snn,
    images,
    image: images.subarray(0, 28 * 28),
    record,
    result,
    folder,
  };
  const pictures = {
    fastPng,
    npzBytes: packZip([
      { name: 'x_train.npy', bytes: strelu.encodeNpy(ndarray(new Uint8Array(12), [3, 2, 2])) },
      { name: 'y_train.npy', bytes: strelu.encodeNpy(ndarray(Uint8Array.of(0, 1, 1), [3])) },
    ]),
  };
  return {
    names: { ...strelu, ...node, ...assembler, ...manifest, ...options, ...pictures, ...own },
    own,
    close() {
      runtime.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
