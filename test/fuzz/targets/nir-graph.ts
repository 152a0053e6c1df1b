import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportNir } from '../../../src/nir/export/export-nir.ts';
import type { NirArray, NirGraph, NirNode } from '../../../src/nir/graph.ts';
import { importNir } from '../../../src/nir/import/import-nir.ts';
import { type FuzzTarget, target } from '../target.ts';

const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const few: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<number[]>([2]) },
  { weight: 2, arbitrary: fc.constant<number[]>([2, 2, 2]) },
  sizes,
);
const values = fc.constantFrom(0, 1, -1, 0.5, -0.5, 0.9999999403953552, 3);
const array = (shape: fc.Arbitrary<number[]>): fc.Arbitrary<NirArray> =>
  fc
    .tuple(shape, fc.boolean(), fc.array(values, { minLength: 1, maxLength: 3 }))
    .map(([dims, isFilled, some]) => {
      const size = dims.reduce((a, b) => a * b, 1);
      return {
        shape: dims,
        data: Float32Array.from({ length: size }, (_, i) => some[isFilled ? 0 : i % some.length]!),
      };
    });
const pair = fc.constantFrom([1, 1], [2, 2], [0, 0], [1, 2], [9, 9]);
const matrix = array(fc.constantFrom<number[][]>([2, 2], [2, 8], [3, 2], [2], [2, 2, 2]));
const kernel = array(
  fc.constantFrom<number[][]>([2, 2, 1, 1], [3, 2, 2, 2], [2, 1, 1, 1], [2, 2, 3], [2, 2, 9, 9]),
);

/** Nodes whose shapes often fit. */
const node: fc.Arbitrary<NirNode> = fc.oneof(
  array(few).map((r): NirNode => ({ type: 'I', r })),
  array(few).map((scale): NirNode => ({ type: 'Scale', scale })),
  array(few).map((threshold): NirNode => ({ type: 'Threshold', threshold })),
  fc.tuple(array(few), array(few)).map(([r, v_threshold]): NirNode => ({ type: 'IF', r, v_threshold })),
  matrix.map((weight): NirNode => ({ type: 'Linear', weight })),
  fc.tuple(matrix, array(few)).map(([weight, bias]): NirNode => ({ type: 'Affine', weight, bias })),
  fc
    .tuple(kernel, pair, pair, pair, fc.integer({ min: 0, max: 3 }), array(few))
    .map(([weight, stride, padding, dilation, groups, bias]): NirNode => {
      return { type: 'Conv2d', input_shape: [2, 2], weight, stride, padding, dilation, groups, bias };
    }),
  fc.tuple(pair, pair, pair).map(([kernel_size, stride, padding]): NirNode => {
    return { type: 'SumPool2d', kernel_size, stride, padding };
  }),
  fc
    .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }))
    .map(([start_dim, end_dim]): NirNode => ({ type: 'Flatten', start_dim, end_dim })),
);

/** A chain from input to output with some edges more. */
const graph: fc.Arbitrary<NirGraph> = fc
  .tuple(
    few,
    few,
    fc.array(node, { maxLength: 6 }),
    fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 3 }),
  )
  .map(([input, output, inner, more]): NirGraph => {
    const nodes = new Map<string, NirNode>([['0', { type: 'Input', shape: input }]]);
    for (const [i, one] of inner.entries()) nodes.set(String(i + 1), one);
    const last = String(inner.length + 1);
    nodes.set(last, { type: 'Output', shape: output });
    const chain = Array.from({ length: inner.length + 1 }, (_, i) => [String(i), String(i + 1)] as const);
    const extra = more.map(([a, b]) => [String(a % nodes.size), String(b % nodes.size)] as const);
    return { type: 'NIRGraph', nodes, edges: [...chain, ...extra] };
  });

export const nirGraph: FuzzTarget = target({
  name: 'nir-graph',
  says: 'a graph of NIR',
  inputs: graph,
  read(given: NirGraph) {
    const { snn } = importNir(given, 'x');
    const again = importNir(exportNir(snn), 'y', { name: snn.name }).snn;
    assert.equal(again.layers.length, snn.layers.length);
    assert.equal(again.neuron, snn.neuron);
  },
});
