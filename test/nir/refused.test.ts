/**
 * @file Whatever cannot be read or run is refused in one line that names the file, the node, what was expected, what was found and
 * what to do.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { InputError } from '../../src/errors.ts';
import { exportNir } from '../../src/nir/export/export-nir.ts';
import { decodeNir } from '../../src/nir/file/decode-nir.ts';
import { loadHdf5 } from '../../src/nir/file/load-h5wasm.ts';
import { filled, type NirArray, type NirGraph, type NirNode } from '../../src/nir/graph.ts';
import { importNir } from '../../src/nir/import/import-nir.ts';
import { NEURONS } from '../../src/snn/neurons/index.ts';
import { randomSpikingNetwork, randomTrainedNetwork } from '../support/random-network.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { type Hdf5Tree, hdf5Of } from './hdf5-of.ts';

const whole = new Uint8Array(await readFile(new URL('../test/nir/files/full.nir', SOURCE_FOLDER)));

/** A file around one node. */
const around = (node: Hdf5Tree, version = '1.0.7'): Hdf5Tree => ({
  version,
  node: {
    type: 'NIRGraph',
    nodes: { a: node, b: { type: 'Output', shape: [3] } },
    edges: [['a', 'b']],
  },
});
const FILES: Readonly<Record<string, readonly [Uint8Array | Hdf5Tree, RegExp]>> = {
  'no bytes': [new Uint8Array(0), /x\.nir: expected a NIR file, which is HDF5, found 0 bytes; /],
  'not HDF5': [
    new TextEncoder().encode('{"layers": []}'),
    /found other bytes in its beginning; give a file that/,
  ],
  'a cut file': [
    whole.subarray(0, 5000),
    /x\.nir: cannot be read as HDF5 .*; it is cut or damaged, write it again/,
  ],
  'HDF5 of something else': [
    { weights: [1, 2] },
    /expected a NIR file with a version and a node, found HDF5 with weights; /,
  ],
  'an empty HDF5': [{}, /found HDF5 with nothing; /],
  'a version to come': [
    around({ type: 'Input', shape: [3] }, '2.1'),
    /expected a file of NIR 0 or 1, found version "2\.1"; /,
  ],
  'no graph': [
    { version: '1.0.7', node: { type: 'Input', shape: [3] } },
    /node should be a NIRGraph, found Input; /,
  ],
  'no type': [around({ shape: [3] }), /x\.nir: node: a: type should be a data set, found nothing; /],
  'a leaky neuron': [
    around({ type: 'LIF', tau: [1] }),
    /x\.nir: node: a: a node of type LIF cannot be read; strelu's neurons have no leak/,
  ],
  'a type that is unknown': [around({ type: 'Conv2D' }), /a node of type Conv2D cannot be read; .*Conv2d/],
  'a field too few': [
    around({ type: 'IF', r: [1, 1, 1] }),
    /x\.nir: node: a: v_threshold should be a data set, found nothing; /,
  ],
  'a group for a number': [around({ type: 'I', r: { x: 1 } }), /a: r should be a data set, found none/],
  'text for numbers': [around({ type: 'I', r: 'one' }), /a: r should be numbers, found string; /],
  'not a number': [
    around({ type: 'I', r: [1, Number.NaN] }),
    /a: r should be finite numbers, found NaN at 1; /,
  ],
  'half a size': [around({ type: 'Input', shape: [2.5] }), /a: shape should be whole numbers, found 2\.5; /],
  'no size': [around({ type: 'Input', shape: 0 }), /a: shape should be sizes of at least 1, found 0; /],
  'three for a pair': [
    around({ type: 'SumPool2d', kernel_size: [2, 2, 2] }),
    /a: kernel_size should be a pair of whole numbers, found 3; /,
  ],
  'a stride below 0': [
    around({ type: 'SumPool2d', kernel_size: [2, 2], stride: [-1, 2] }),
    /a: stride should be numbers of at least 0, found -1; /,
  ],
  'an edge to nowhere': [
    {
      version: '1.0.7',
      node: { type: 'NIRGraph', nodes: { a: { type: 'Input', shape: [3] } }, edges: [['a', 'c']] },
    },
    /x\.nir: node: an edge names "c", which is no node; /,
  ],
  'edges of numbers': [
    {
      version: '1.0.7',
      node: { type: 'NIRGraph', nodes: { a: { type: 'Input', shape: [3] } }, edges: [1, 2] },
    },
    /node: edges should be N pairs of texts, found a shape of 2; /,
  ],
};

/** One line: what and where, what was expected and found, what to do. */
function isClear(error: unknown, message: RegExp): boolean {
  assert.ok(error instanceof InputError, String(error));
  assert.match(error.message, message);
  assert.ok(!error.message.includes('\n') && error.message.length < 400, error.message);
  assert.match(error.message, /^x\.nir|^random\d+: /);
  assert.match(error.message, /; |: .* or |it reads/);
  return true;
}

for (const [title, [content, message]] of Object.entries(FILES))
  test(`a file with ${title} is refused`, async () => {
    const bytes = content instanceof Uint8Array ? content : await hdf5Of(content);
    await assert.rejects(decodeNir(bytes, 'x.nir'), (error) => isClear(error, message));
  });

type Nodes = Readonly<Record<string, NirNode>>;
const graph = (nodes: Nodes, ...edges: (readonly [string, string])[]): NirGraph => ({
  type: 'NIRGraph',
  nodes: new Map(Object.entries(nodes)),
  edges,
});
/** A chain of nodes from an input to an output. */
const chain = (input: readonly number[], output: readonly number[], nodes: Nodes): NirGraph => {
  const all: Nodes = {
    in: { type: 'Input', shape: input },
    ...nodes,
    out: { type: 'Output', shape: output },
  };
  const names = Object.keys(all);
  return graph(all, ...names.slice(1).map((name, i) => [names[i]!, name] as const));
};
const linear = (inputs: number, outputs: number): NirNode => ({
  type: 'Linear',
  weight: filled([outputs, inputs], 0.5),
});
const fires = (shape: readonly number[], threshold = 1, more: object = {}): NirNode => ({
  type: 'IF',
  r: filled(shape, 1),
  v_threshold: filled(shape, threshold),
  ...more,
});
const convolution = (more: object = {}): NirNode =>
  ({
    type: 'Conv2d',
    input_shape: [4, 4],
    weight: filled([3, 2, 3, 3], 1),
    stride: [1, 1],
    padding: [1, 1],
    dilation: [1, 1],
    groups: 1,
    bias: filled([3], 0),
    ...more,
  }) as NirNode;
const pool = (kernel: number, stride: number, padding = 0): NirNode => ({
  type: 'SumPool2d',
  kernel_size: [kernel, kernel],
  stride: [stride, stride],
  padding: [padding, padding],
});
const scale = (...numbers: number[]): NirNode => ({
  type: 'Scale',
  scale: { shape: [numbers.length], data: Float32Array.from(numbers) },
});
const above = (...numbers: number[]): NirNode => ({
  type: 'Threshold',
  threshold: { shape: [numbers.length], data: Float32Array.from(numbers) },
});
const integrator = (n: number): NirNode => ({ type: 'I', r: filled([n], 1) });
/** Neurons with soft reset from nodes side by side. */
const soft = (
  threshold: number,
  back: number,
  more: Nodes = {},
  ...edges: (readonly [string, string])[]
): NirGraph =>
  graph(
    {
      in: { type: 'Input', shape: [2] },
      v: integrator(2),
      up: above(threshold, threshold),
      back: scale(back, back),
      w: linear(2, 3),
      out: { type: 'Output', shape: [3] },
      ...more,
    },
    ['in', 'v'],
    ['v', 'up'],
    ['up', 'back'],
    ['back', 'v'],
    ['up', 'w'],
    ['w', 'out'],
    ...edges,
  );

const GRAPHS: Readonly<Record<string, readonly [NirGraph, RegExp]>> = {
  'two inputs': [
    graph(
      {
        in: { type: 'Input', shape: [2] },
        too: { type: 'Input', shape: [2] },
        out: { type: 'Output', shape: [2] },
      },
      ['in', 'out'],
      ['too', 'out'],
    ),
    /x\.nir: expected one Input in the graph, found in, too; /,
  ],
  'no output': [
    graph({ in: { type: 'Input', shape: [2] } }),
    /expected one Output in the graph, found none; /,
  ],
  'a node that nothing leads to': [
    graph({ in: { type: 'Input', shape: [2] }, w: linear(2, 2), out: { type: 'Output', shape: [2] } }, [
      'in',
      'out',
    ]),
    /x\.nir: w: nothing leads to it, /,
  ],
  'images over time': [
    chain([4, 2, 8, 8], [2], { w: linear(2, 2) }),
    /in: expected images of .*, found 4x2x8x8; leave out time/,
  ],
  'two matrices in a row': [
    chain([2], [2], { w: linear(2, 4), x: linear(4, 2) }),
    /x: expected spikes or the image before weights and pools, found the output of other weights; /,
  ],
  'a matrix of another size': [
    chain([2], [2], { w: linear(3, 2) }),
    /w: expected values of shape 3, found 2; /,
  ],
  'a matrix of maps': [
    chain([2, 4, 4], [3], { w: linear(32, 3) }),
    /w: expected values of shape 32, found 2x4x4; /,
  ],
  'a bias of another size': [
    chain([2], [2], { w: { type: 'Affine', weight: filled([2, 2], 1), bias: filled([3], 1) } }),
    /w: bias: expected 2 numbers, found 3; /,
  ],
  'neurons of another shape': [
    chain([2], [2], { w: linear(2, 2), n: fires([4]) }),
    /n: expected currents of shape 4, found 2; /,
  ],
  'an output of another shape': [
    chain([2], [3], { w: linear(2, 2) }),
    /out: expected values of shape 3, found 2; /,
  ],
  'a sum of shapes': [
    graph(
      {
        in: { type: 'Input', shape: [2] },
        w: linear(2, 3),
        x: linear(2, 4),
        out: { type: 'Output', shape: [3] },
      },
      ['in', 'w'],
      ['in', 'x'],
      ['w', 'out'],
      ['x', 'out'],
    ),
    /out: expected values of one shape, found 3 and 4; /,
  ],
  'a convolution of a vector': [
    chain([2], [3], { c: convolution() }),
    /c: expected a map of channels x height x width, found 2; /,
  ],
  'channels too many': [chain([4, 4, 4], [3], { c: convolution() }), /c: expected 2 channels, found 4; /],
  'a map of another size': [
    chain([2, 5, 5], [3], { c: convolution() }),
    /c: expected a map of 4x4, found 5x5; /,
  ],
  'a kernel of three dimensions': [
    chain([2, 4, 4], [3], { c: convolution({ weight: filled([3, 2, 3], 1) }) }),
    /c: expected a weight of out x in x height x width, found 3x2x3; /,
  ],
  'a kernel that leaves nothing': [
    chain([2, 4, 4], [3], { c: convolution({ weight: filled([3, 2, 9, 9], 1) }) }),
    /c: leaves nothing of 4x4; /,
  ],
  'a map as the answer': [
    chain([2, 4, 4], [3, 4, 4], { c: convolution() }),
    /out: expected one number for each class, found a map of 4x4x3; /,
  ],
  'two pools that overlap': [
    chain([2, 8, 8], [2, 3, 3], { p: pool(3, 2), q: pool(1, 1) }),
    /q: expected one pool between neurons and weights, found two whose windows overlap; /,
  ],
  'a window that is too large': [
    chain([2, 4, 4], [2, 1, 1], { p: pool(8, 8) }),
    /p: expected windows that fit 4 x 4 and move, found 8x8 with stride 8x8; /,
  ],
  'windows that do not move': [
    chain([2, 4, 4], [2, 1, 1], { p: pool(2, 0) }),
    /p: expected windows that .* move, found 2x2 with stride 0x0; /,
  ],
  'groups that do not fit': [
    chain([2, 4, 4], [3, 4, 4], { c: convolution({ groups: 2, weight: filled([3, 1, 3, 3], 1) }) }),
    /c: expected 2 channels, found 2, for 2 groups and 3 outputs; /,
  ],
  'no dilation': [
    chain([2, 4, 4], [3, 4, 4], { c: convolution({ dilation: [0, 1] }) }),
    /c: expected stride, dilation and groups of at least 1, found 1,1, 0,1, 1; /,
  ],
  "a padding 'same' with a stride": [
    chain([2, 4, 4], [3, 2, 2], { c: convolution({ padding: 'same', stride: [2, 2] }) }),
    /c: expected padding 'same' with a stride of 1, found 2x2; /,
  ],
  'a pool behind weights': [
    chain([2, 4, 4], [3, 2, 2], { c: convolution(), p: pool(2, 2) }),
    /p: expected spikes or the image before weights and pools, found the output of other weights/,
  ],
  'dimensions that are not there': [
    chain([2, 4, 4], [32], { f: { type: 'Flatten', start_dim: 0, end_dim: 5 } }),
    /f: expected dimensions within 2x4x4, found 0 to 5; /,
  ],
  'a scale that is no number for each channel': [
    chain([1, 2, 2], [1, 2, 2], {
      s: { type: 'Scale', scale: { shape: [1, 2, 2], data: Float32Array.of(1, 2, 3, 4) } },
    }),
    /s: scale: expected one number for each channel, found 1 and 2 in channel 0; /,
  ],
  'a scale of another shape': [
    chain([3], [3], { s: scale(1, 2) }),
    /s: expected numbers of shape 3, found 2; /,
  ],
  'a threshold that resets nothing': [
    chain([2], [2], { w: linear(2, 2), t: above(1, 1) }),
    /t: expected a neuron's threshold, .* found one that resets nothing; use IF/,
  ],
  'an integrator in the middle': [
    chain([2], [2], { w: linear(2, 2), v: integrator(2), x: linear(2, 2) }),
    /v: expected an integrator with thresholds that reset it, or one before the Output, found neither; /,
  ],
  'neurons of two kinds': [
    chain([2], [2], {
      w: linear(2, 2),
      n: fires([2]),
      x: linear(2, 2),
      m: fires([2], 1, { v_reset: filled([2], -0.5) }),
      y: linear(2, 2),
    }),
    /m: fires above 1 and resets to -0\.5, while x\.nir: n is the neuron reset-to-zero with v0 = 0 theta; all neurons/,
  ],
  'a threshold at 0': [
    chain([2], [2], { w: linear(2, 2), n: fires([2], -1), x: linear(2, 2) }),
    /n: fires above -1 and resets to 0, as no neuron of strelu does/,
  ],
  'a strict soft reset': [
    soft(1, -1),
    /v: fires above 1 and adds -1 after a spike, as no neuron of strelu does: strelu's fire at a threshold, NIR's above it; write the next smaller float32, 0\.99999994/,
  ],
  'thresholds that differ in a channel': [
    chain([1, 1, 2], [1, 1, 2], {
      c: {
        ...(convolution({
          input_shape: [1, 2],
          weight: filled([1, 1, 1, 1], 1),
          padding: [0, 0],
          bias: filled([1], 0),
        }) as object),
      } as NirNode,
      n: {
        type: 'IF',
        r: filled([1, 1, 2], 1),
        v_threshold: { shape: [1, 1, 2], data: Float32Array.of(1, 2) },
      },
    }),
    /n: expected one number for each channel, found 1 and 2 in channel 0; /,
  ],
  'recurrent weights': [
    soft(1, -1, { rec: { type: 'Linear', weight: filled([2, 2], 1) } }, ['up', 'rec'], ['rec', 'v']),
    /rec: stands in a cycle that is no neuron's own, with Linear; /,
  ],
  'a cycle of two neurons': [
    soft(1, -1, { v2: integrator(2), t2: above(1, 1) }, ['up', 'v2'], ['v2', 't2'], ['t2', 'v']),
    /stands in a cycle that is no neuron's own, with 2 integrators; /,
  ],
  'a potential that leaves the neuron': [
    soft(1, -1, { s: scale(2, 2) }, ['v', 's'], ['s', 'w']),
    /v: only the spikes of a neuron may go on, found I that leads to x\.nir: s; /,
  ],
  'a scaled potential': [
    graph(
      {
        in: { type: 'Input', shape: [2] },
        v: integrator(2),
        s: scale(3, 3),
        up: above(1, 1),
        back: scale(-1, -1),
        out: { type: 'Output', shape: [2] },
      },
      ['in', 'v'],
      ['v', 's'],
      ['s', 'up'],
      ['up', 'back'],
      ['back', 'v'],
      ['up', 'out'],
    ),
    /s: expected 1 or -1 between an integrator and its threshold, found Scale 3; /,
  ],
  'a current into a threshold': [
    soft(1, -1, {}, ['in', 'up']),
    /up: expected one edge to a node within a neuron, found 2; /,
  ],
  'an edge to the input': [soft(1, -1, {}, ['in', 'in']), /in: .*/],
};

for (const [title, [given, message]] of Object.entries(GRAPHS))
  test(`a graph with ${title} is refused`, () => {
    assert.throws(
      () => importNir(given, 'x.nir'),
      (error) => isClear(error, message),
    );
  });

test('positive and negative spikes that go different ways are refused', async () => {
  const graph = exportNir(randomSpikingNetwork(randomTrainedNetwork(1), 'half'));
  const name = [...graph.nodes].find(([, { type }]) => type === 'NIRGraph')![0];
  const inner = graph.nodes.get(name) as NirGraph;
  const negative = inner.nodes.get('negative') as { readonly scale: { readonly shape: readonly number[] } };
  const nodes = new Map(inner.nodes).set('negative', {
    type: 'Scale',
    scale: filled(negative.scale.shape, -2),
  });
  const changed = { ...graph, nodes: new Map(graph.nodes).set(name, { ...inner, nodes }) };
  assert.throws(
    () => importNir(changed, 'x.nir'),
    (error) =>
      isClear(error, /the positive and the negative spikes of a neuron arrive with different weights, /),
  );
});

test('a reset that is not what the thresholds are is refused', () => {
  const network = randomSpikingNetwork(randomTrainedNetwork(1), 'half');
  const graph = exportNir(network);
  const [name] = [...graph.nodes].find(([, { type }]) => type === 'NIRGraph')!;
  const inner = graph.nodes.get(name) as NirGraph;
  const { scale } = inner.nodes.get('reset_up') as { readonly scale: NirArray };
  const doubled = { ...scale, data: scale.data.map((gain) => 2 * gain) };
  const nodes = new Map(inner.nodes).set('reset_up', { type: 'Scale', scale: doubled });
  const changed = { ...graph, nodes: new Map(graph.nodes).set(name, { ...inner, nodes }) };
  assert.throws(
    () => importNir(changed, 'x.nir'),
    (error) =>
      isClear(
        error,
        /membrane: fires above .* after a negative one, as no neuron of strelu does: .*correct the/,
      ),
  );
});

test('an IF that is read as soft may not reset elsewhere', () => {
  const given = chain([2], [2], {
    w: linear(2, 2),
    n: fires([2], 1, { v_reset: filled([2], -0.5) }),
    x: linear(2, 2),
  });
  assert.throws(
    () => importNir(given, 'x.nir', { ifReset: 'subtract' }),
    (error) => isClear(error, /n: expected v_reset 0 where IF is read as taking its threshold off, /),
  );
});

test('neurons whose currents are all multiplied by 0 hear nothing, and are refused as such', () => {
  const given = chain([2], [2], {
    w: linear(2, 2),
    n: fires([2], 1, { r: filled([2], 0) }),
    x: linear(2, 2),
  });
  assert.throws(
    () => importNir(given, 'x.nir'),
    (error) => isClear(error, /n: no spikes and no image reach it, expected some; remove it/),
  );
});

test('neurons that count their spikes, and the int8 grid, are refused on the way out', () => {
  const trained = randomTrainedNetwork(2);
  for (const neuron of ['tracer', 'memory'])
    assert.throws(
      () => exportNir(randomSpikingNetwork(trained, neuron)),
      (error) =>
        isClear(
          error,
          new RegExp(
            `cannot be said in NIR: neuron ${neuron} limits the count of its spikes, .*; convert to`,
          ),
        ),
    );
  assert.throws(
    () => exportNir(quantisedToInt8(randomSpikingNetwork(trained, 'half'))),
    (error) => isClear(error, /cannot be said in NIR: the int8 grid rounds the image's current, /),
  );
  const own = { ...NEURONS[0]!, name: 'mine', rule: { phiUp: 1, phiDown: 1, reset: 'zero' as const } };
  assert.throws(
    () => exportNir(randomSpikingNetwork(trained, own)),
    (error) => isClear(error, /neuron mine resets to 0 from more than one threshold, /),
  );
});

test('without the package h5wasm the error says what to install', async () => {
  const missing = (): Promise<never> => Promise.reject(new Error('Cannot find package'));
  await assert.rejects(loadHdf5(missing), /NIR files need the package h5wasm, .*npm i h5wasm/);
});
