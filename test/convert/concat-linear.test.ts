/** @file A linear layer right behind pooled parts of a concatenation: each part has its own rows of the weights, without a flatten. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { avgPool, concat, conv2d, flatten, type LayerSpec, linear, strelu } from '../../src/nn/layers.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';

const image = Float32Array.from({ length: 32 }, (_, i) => Math.sin(i));

function logits(...last: readonly LayerSpec[]): number[] {
  const branches = concat([], [conv2d(3, 1), strelu()], [conv2d(2, 3, { padding: 1 }), strelu()]);
  const architecture = sequential(
    conv2d(4, 1),
    strelu(),
    branches,
    avgPool(4),
    ...last,
    linear(3),
  )([4, 4, 2]);
  const weights = new Map(
    parameterSpecs(architecture.layers).map(({ name, role, shape }) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
        role === 'theta' ? 1 : Math.sin(1 + i * 1.3 + name.length),
      ),
    ]),
  );
  return [...runFolded(convert({ architecture, weights, provenance: {} }).snn, image).logits];
}

test('with and without a flatten', () => {
  assert.deepEqual(logits(), logits(flatten()));
});
