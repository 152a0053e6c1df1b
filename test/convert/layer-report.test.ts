/** @file The report of a conversion: what it says of each layer is counted again from the spiking network and the trained weights. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conversionCells, conversionTable } from '../../src/convert/conversion-table.ts';
import { type Conversion, convert } from '../../src/convert/convert.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { batchNorm, conv2d, dropout, flatten, linear, relu, strelu } from '../../src/nn/layers.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { convertedOrRefused } from '../support/converted-architecture.ts';
import { architectureCases } from '../support/random-architecture.ts';

test('what each layer is made of stands in the spiking network', () => {
  fc.assert(
    fc.property(architectureCases(), ({ network }) => {
      if (!convertedOrRefused(network)) return;
      const { snn, report } = convert(network, { neuron: 'half' });
      assert.equal(report.layers.length, snn.layers.length);
      snn.layers.forEach(({ name, shape, theta, bias, inputs }, l) => {
        const said = report.layers[l]!;
        assert.deepEqual([said.name, said.shape], [name, shape]);
        const sorted = theta.toSorted();
        const wanted = { min: sorted[0], max: sorted.at(-1), count: theta.length };
        assert.deepEqual(said.theta, theta.length > 0 ? wanted : null);
        assert.equal(said.bias.count, bias.filter((b) => b !== 0).length);
        assert.equal(said.bias.largest, Math.max(...bias.map(Math.abs)));
        assert.equal(said.synapses.length, inputs.length);
        inputs.forEach(({ kind, from, weight, pool, maxPool }, k) => {
          const one = said.synapses[k]!;
          const windowOf = (window: typeof pool) => (typeof window === 'number' ? window : window.window);
          assert.deepEqual([one.kind, one.weights], [kind, weight.length]);
          assert.equal(one.from, from < 0 ? 'image' : snn.layers[from]!.name);
          assert.deepEqual(one.pool, windowOf(pool));
          assert.deepEqual(one.maxPool, maxPool && windowOf(maxPool));
        });
        const [most, weights] = [said.moved.largest, inputs.reduce((n, s) => n + s.weight.length, 0)];
        assert.ok(said.moved.count >= 0 && said.moved.count <= weights && most > 0 === said.moved.count > 0);
      });
    }),
    { numRuns: 60 },
  );
});

/** One hidden layer of two channels, the first of which the batch norm leaves as it is. */
function normed(scale: number): TrainedNetwork {
  const words = [conv2d(2, 1, { bias: false }), batchNorm({ epsilon: 0 }), strelu(), dropout(0.5), flatten()];
  const architecture = sequential(...words, linear(2))([2, 3, 2]);
  const given: Record<string, readonly number[]> = {
    'conv1.weight': [0.5, 0.25, -1, 0], // [inputs, outputs]
    'norm1.gamma': [1, scale],
    'norm1.beta': [0, -0.5],
    'act1.theta': [0.75],
    'linear1.bias': [0, 0.125],
  };
  const weights = new Map(
    parameterSpecs(architecture.layers).map(({ name, role, shape }) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const values = given[name] ?? Array<number>(length).fill(role === 'variance' ? 1 : 0);
      return [name, Float32Array.from(values)] as const;
    }),
  );
  return { architecture, weights, provenance: {} };
}

const lines = ({ report }: Conversion): string[] => conversionTable(report).split('\n');

test('weights that folding moved are counted, and by how much the furthest', () => {
  const still = convert(normed(1));
  assert.deepEqual(
    still.report.layers.map(({ moved }) => moved),
    [
      { count: 0, largest: 0 },
      { count: 0, largest: 0 },
    ],
  );
  const { report } = convert(normed(3));
  // 0.25 became 0.75; 0 stays 0
  assert.deepEqual(report.layers[0]!.moved, { count: 1, largest: 0.5 });
  assert.deepEqual(report.layers[0]!.bias, { count: 1, largest: 0.5 });
  assert.deepEqual(report.layers[1]!.bias, { count: 1, largest: 0.125 });
});

test('the table has a line for each layer, aligned, and notes that say how', () => {
  const table = lines(convert(normed(3)));
  assert.deepEqual(table.slice(0, 3), [
    'layer    shape  theta    from   weights  moved  largest  bias  folded from',
    'act1     2x3x2  0.750    image  4        1      0.500    1     conv1 norm1 act1',
    'linear1  1x1x2  readout  act1   24       0      0        1     flatten1 linear1',
  ]);
  assert.match(table[3]!, /^method strelu \(after Han.*\); neuron half, v0 = 0 theta$/);
  assert.deepEqual(table.slice(4), ['removed: dropout1']);
});

test('several thresholds are said by their ends, sources by their pools, calibration by its images and steps', () => {
  const { report } = convert(normed(1));
  const [first] = report.layers;
  const cells = conversionCells({
    ...report,
    removed: [],
    calibrationImages: 7,
    layers: [
      {
        ...first!,
        theta: { min: 0.5, max: 2, count: 3 },
        synapses: [
          { kind: 'linear', from: 'a', pool: 2, weights: 3 },
          { kind: 'conv2d', from: 'b', pool: [1, 2], maxPool: [3, 1], weights: 4 },
        ],
      },
    ],
  });
  assert.deepEqual(cells.rows[0]!.slice(2, 5), ['0.500..2.00', 'a /2 + b max3x1 /1x2', '7']);
  assert.deepEqual(cells.notes.slice(1), ['calibrated on 7 images']);
  const { notes } = conversionCells({ ...report, removed: [], calibrationImages: 7, calibrationSteps: 4 });
  assert.deepEqual(notes.slice(1), ['calibrated on 7 images, the spiking network run on them for T = 4']);
});

test('a method that calibrates says on how many images, and one that runs for how many steps', () => {
  const architecture = sequential(conv2d(2, 1), relu(), flatten(), linear(2))([2, 2, 3]);
  const weights = new Map(
    parameterSpecs(architecture.layers).map(({ name, shape }) => [
      name,
      new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5),
    ]),
  );
  const network = { architecture, weights, provenance: {} };
  const activations = new Map([['act1', Float32Array.from({ length: 40 }, (_, i) => i / 40)]]);
  const calibration = { activations, images: new Float32Array(5 * 12).fill(1), steps: 3 };
  const facts = (method: string, without: Partial<Record<keyof typeof calibration, undefined>> = {}) => {
    const { report, snn } = convert(network, {
      method,
      calibration: { ...calibration, ...without } as never,
    });
    const { calibrationImages, calibrationSteps } = report;
    assert.deepEqual(snn.provenance.calibrationImages, calibrationImages);
    assert.deepEqual(snn.provenance.calibrationSteps, calibrationSteps);
    return [calibrationImages, calibrationSteps];
  };
  assert.deepEqual(facts('relu-max'), [5, undefined]);
  assert.deepEqual(facts('relu-max', { images: undefined }), [undefined, undefined]);
  assert.deepEqual(facts('relu-balanced'), [5, 3]);
  for (const [without, found] of [
    [{ images: undefined }, 'no images'],
    [{ steps: undefined }, 'no steps'],
    [{ images: new Float32Array(0) as never }, 'no images'],
  ] as const)
    assert.throws(
      () => facts('relu-balanced', without),
      new RegExp(`^InputError: .*: method relu-balanced runs the spiking network, .*found ${found}; pass`),
    );
});
