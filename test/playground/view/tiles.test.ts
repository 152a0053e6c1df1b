/** @file Every neuron has a pixel of its own, and the arrow keys never leave the layer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layOut } from '../../../src/playground/view/tiles.ts';

const SHAPES = fc.tuple(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 40 }),
);

test('the pixel of a neuron is that neuron, within the picture', () => {
  fc.assert(
    fc.property(SHAPES, (shape) => {
      const tiles = layOut(shape);
      const neurons = shape[0] * shape[1] * shape[2];
      for (let i = 0; i < neurons; i++) {
        const at = tiles.pixelOf(i);
        const [x, y] = [at % tiles.width, Math.floor(at / tiles.width)];
        assert.ok(y < tiles.height, `${shape}: neuron ${i} in row ${y} of ${tiles.height}`);
        assert.equal(tiles.indexAt(x, y), i, `${shape}`);
      }
    }),
  );
});

test('an arrow key leads to a neuron of the layer, and back', () => {
  fc.assert(
    fc.property(SHAPES, fc.nat(), fc.constantFrom(0, 1, 2, 3), (shape, seed, k) => {
      const tiles = layOut(shape);
      const neurons = shape[0] * shape[1] * shape[2];
      const from = seed % neurons;
      const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
      const to = tiles.moved(from, keys[k]!)!;
      assert.ok(to >= 0 && to < neurons);
      if (to !== from) assert.equal(tiles.moved(to, keys[k ^ 1]!), from);
    }),
  );
  assert.equal(layOut([2, 2, 3]).moved(0, 'Enter'), null);
});

test('between two maps there is no neuron', () => {
  const tiles = layOut([2, 2, 2]);
  assert.equal(tiles.indexAt(2, 0), -1);
  assert.equal(tiles.indexAt(-1, 0), -1);
});
