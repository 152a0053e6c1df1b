/** @file Networks with different activations are alike, however the border of their maps is said; with different layers they are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { checkAlike } from '../../../src/lab/compare/check-alike.ts';
import type { Architecture, Layer } from '../../../src/nn/architecture.ts';
import type { ModelOptions } from '../../../src/nn/models/build.ts';
import { MODELS } from '../../../src/nn/models/index.ts';

const images = drawStrokes({ count: 2, seed: 1, split: 'test' });

const made = (options: Partial<ModelOptions>, model: 'cifar-fast' | 'cnn' = 'cifar-fast'): Architecture =>
  MODELS[model](images.shape, images.classes, { activation: 'strelu', ...options });

const check = (...architectures: Architecture[]): void =>
  checkAlike(
    architectures.map((architecture, i) => ({
      path: `${i}.safetensors`,
      digest: '',
      network: { architecture, weights: new Map(), provenance: {} },
    })),
  );

test('another activation, and what it has around its maps, is the same architecture', () => {
  check(made({ border: 'rest' }), made({ activation: 'relu' }), made({ activation: 'qcfs', levels: 8 }));
});

test('other layers, or none of a border, are another architecture', () => {
  const at = made({ border: 'rest' });
  const pad: Layer = { kind: 'pad', name: 'more', padding: [1, 1, 1, 1], value: 0 };
  const activation = at.layers.findIndex(({ kind }) => kind === 'activation');
  for (const other of [
    ...[made({ pooling: 'max' }), made({ width: 0.5 }), made({}, 'cnn'), bare(at)],
    ...[
      { ...at, layers: at.layers.toSpliced(activation, 0, pad) },
      { ...at, layers: [...at.layers, pad] },
    ],
  ])
    assert.throws(
      () => check(at, other),
      /InputError: 1\.safetensors: expected the layers of 0\.safetensors with another activation/,
    );
});

/** Its borders gone: its maps become smaller, which a network of another size might do. */
const bare = ({ layers, ...rest }: Architecture): Architecture => ({
  ...rest,
  layers: layers.filter(({ kind }) => kind !== 'pad'),
});
