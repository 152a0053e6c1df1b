/**
 * @file The files of test/nir/files and what the official Python library and an interpreter in numpy made of them, step by step
 * (bench/peers/nir wrote both): the interpreter here and strelu's own engine send the same spikes. The first files are strelu's, those
 * called python-* were written by the Python library.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { channelsFirst } from '../../src/format/channels-first.ts';
import { exportNir } from '../../src/nir/export/export-nir.ts';
import { decodeNir } from '../../src/nir/file/decode-nir.ts';
import { encodeNir } from '../../src/nir/file/encode-nir.ts';
import type { NirGraph } from '../../src/nir/graph.ts';
import { importNir } from '../../src/nir/import/import-nir.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { EngineName } from '../../src/snn/simulation.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { type GraphAnswer, runGraph } from './interpreter.ts';

const FOLDER = new URL('../test/nir/files/', SOURCE_FOLDER);
const NAMES = (await readdir(FOLDER))
  .filter((file) => file.endsWith('.nir'))
  .map((file) => file.slice(0, -4));

interface Table extends GraphAnswer {
  readonly steps: number;
  readonly image: readonly number[];
}

const graphOf = async (name: string): Promise<NirGraph> =>
  decodeNir(await readFile(new URL(`${name}.nir`, FOLDER)), `${name}.nir`);
const tableOf = async (name: string): Promise<Table> =>
  JSON.parse(await readFile(new URL(`${name}.json`, FOLDER), 'utf8'));

/** What strelu's engine makes of the table's image, in the graph's order. */
function answerOf(network: SpikingNetwork, { image, steps }: Table, engine: EngineName): GraphAnswer {
  const order = channelsFirst(network.input);
  const pixels = Float32Array.from(order, (place) => image[place]!);
  const { record } = simulate(network, pixels, { steps, engine, record: { spikes: true, currents: true } });
  const spikes = network.layers.slice(0, -1).map(({ name, shape }, l) => {
    const back = channelsFirst(shape);
    const events = Array.from({ length: steps }, (_, t) =>
      [...record[l]!.spikes!.subarray(t * mapSize(shape), (t + 1) * mapSize(shape))]
        .map((s, i) => [t, back[i]!, s] as const)
        .filter(([, , s]) => s !== 0)
        .sort((a, b) => a[1] - b[1]),
    );
    return [name, events.flat()] as const;
  });
  const currents = record.at(-1)!.currents!;
  const outputs = Array.from({ length: steps }, (_, t) => [
    ...currents.subarray(t * network.classes, (t + 1) * network.classes),
  ]);
  return { spikes: Object.fromEntries(spikes), outputs };
}

test('there are files of every kind of neuron that NIR can say, of any geometry, and of the Python library', () => {
  const kinds = ['burst', 'full', 'half', 'leaky', 'rectangular', 'reset-to-zero', 'rest', 'unipolar'];
  assert.deepEqual(NAMES.sort(), [...kinds, 'python-cnn', 'python-soft'].sort());
});

for (const name of NAMES) {
  test(`${name}: the Python library's spikes, an interpreter's and the engine's`, async () => {
    const [graph, table] = [await graphOf(name), await tableOf(name)];
    const expected = { spikes: table.spikes, outputs: table.outputs };
    assert.ok(Object.values(expected.spikes).some((events) => events.length > 10));
    assert.deepEqual(runGraph(graph, table.image, table.steps), expected);

    const { snn, report } = importNir(graph, `${name}.nir`);
    assert.equal(report.roundedWeights, 0);
    const { spikes, outputs } = expected;
    for (const engine of ['events', 'products', 'reference'] as const) {
      const found = answerOf(snn, table, engine);
      // the names of the populations are those of the nodes; in python-soft that of the integrator
      assert.deepEqual(Object.values(found.spikes), Object.values(spikes));
      if (name !== 'python-soft') assert.deepEqual(found.spikes, spikes);
      // python-soft ends in an integrator
      if (name !== 'python-soft') assert.deepEqual(found.outputs, outputs);
      else assert.deepEqual(runningSums(found.outputs), outputs);
    }
  });

  test(`${name}: there and back, through a file, nothing changes`, async () => {
    const graph = await graphOf(name);
    const { snn } = importNir(graph, `${name}.nir`);
    const there = exportNir(snn);
    if (!name.startsWith('python')) assert.deepEqual(there, graph);
    const { snn: again } = importNir(await decodeNir(await encodeNir(there), 'again.nir'), `${name}.nir`);
    const table = await tableOf(name);
    const [first, second] = [snn, again].map((network) => answerOf(network, table, 'events'));
    assert.deepEqual(Object.values(second!.spikes), Object.values(first!.spikes));
    assert.deepEqual(second!.outputs, first!.outputs);
  });
}

function runningSums(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row, t) => row.map((_, c) => rows.slice(0, t + 1).reduce((sum, one) => sum + one[c]!, 0)));
}
