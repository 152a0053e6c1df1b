/**
 * @file The same answers from every engine, schedule and number of threads, on a whole test set:
 *     node bench/events/same-answers.ts NETWORK.snn.safetensors DATASET [IMAGES]
 * The data set is looked for in STRELU_DATASETS. float32 and int8 agree each among themselves: every logit, every spike count.
 */

import { quantisedToInt8 } from '../../src/convert/transforms/int8.ts';
import { UsageError } from '../../src/errors.ts';
import { type DatasetName, openDataset } from '../../src/io/open-dataset.ts';
import { loadSnn } from '../../src/io/snn-file.ts';
import { networkInput } from '../../src/lab/index.ts';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { accuracyBySteps, type SimulateOptions, type SimulationResult } from '../../src/snn/simulation.ts';

const STEPS = 8;
const [file, name, limit] = process.argv.slice(2);
if (!file || !name) throw new UsageError('same-answers: expected NETWORK.snn.safetensors DATASET [IMAGES]');
const snn = await loadSnn(file);
const dataset = await openDataset(name as DatasetName, 'test', limit ? { limit: Number(limit) } : {});
const images = networkInput(dataset, 0, dataset.count, snn);
const heap = new Heap();
const teams = [1, 2, 3].map((lanes) => createTeam(heap, lanes));
await new Promise((resolve) => setTimeout(resolve, 500)); // threads join

const ways: [string, Partial<SimulateOptions>][] = [
  ...teams.flatMap((team) =>
    (['layered', 'streaming'] as const).map((schedule): [string, Partial<SimulateOptions>] => [
      `events, simd, ${schedule}, ${team.lanes} threads`,
      { schedule, runtime: { heap, team } },
    ]),
  ),
  ['events, plain loops', { kernels: 'reference' }],
  ['the reference engine (slow)', { engine: 'reference' }],
];

/** Readouts' logits of all images and steps, spikes of all layers and steps. */
function differences(a: SimulationResult, b: SimulationResult): number {
  const unequal = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
    Array.from(x).filter((value, i) => value !== y[i]).length;
  const spikes = a.layers.reduce((sum, layer, l) => sum + unequal(layer.spikes, b.layers[l]!.spikes), 0);
  return unequal(a.logits, b.logits) + spikes;
}

for (const [precision, network] of [
  ['float32', snn],
  ['int8', quantisedToInt8(snn)],
] as const) {
  let first: SimulationResult | null = null;
  for (const [way, options] of ways) {
    const begin = performance.now();
    const result = simulate(network, images, { steps: STEPS, ...options });
    const rate = (1000 * dataset.count) / (performance.now() - begin);
    first ??= result;
    const accuracy = accuracyBySteps(result, dataset.labels).at(-1)!.toFixed(2);
    console.log(
      `${precision.padEnd(7)} ${way.padEnd(38)} ${accuracy} %  ${rate.toFixed(0).padStart(6)} images/s  ${differences(result, first)} differences`,
    );
  }
}
for (const team of teams) team.close();
