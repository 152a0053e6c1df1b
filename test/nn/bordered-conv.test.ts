/** @file A convolution behind a border that is not 0, with and without the border: the same output, the same gradients. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Conv2dLayer, Layer, PadLayer } from '../../src/nn/architecture.ts';
import { addBorder, withBorder } from '../../src/nn/bordered-conv.ts';
import { fuseLayers } from '../../src/nn/fuse.ts';
import { generalConv2d, padMap } from '../../src/nn/map-operations.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { referenceRuntime } from '../train/small.ts';

const side = fc.integer({ min: 1, max: 4 });
const pair = fc.tuple(side, side);
const cases = fc.record({
  map: pair,
  kernel: pair,
  stride: pair,
  dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  padding: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)),
  groups: fc.constantFrom(1, 2),
  value: fc.constantFrom(-2, -1, 0.5, 3),
  seed: fc.nat(1000),
});

test('output and gradients are those of the padded map, in every bit of dyadic numbers', () => {
  const runtime = referenceRuntime();
  fc.assert(
    fc.property(cases, ({ map, kernel, stride, dilation, padding, groups, value, seed }) => {
      const fits = [0, 1].every(
        (a) => map[a]! + padding[2 * a]! + padding[2 * a + 1]! > (kernel[a]! - 1) * dilation[a]!,
      );
      fc.pre(fits);
      const pad: PadLayer = { kind: 'pad', name: 'pad', padding, value };
      const conv: Conv2dLayer = {
        ...{ kind: 'conv2d', name: 'conv', inChannels: 2, outChannels: 4, kernel, stride, dilation, groups },
        ...{ padding: [0, 0, 0, 0], bias: false },
      };
      const draw = (length: number): Float64Array<ArrayBuffer> => {
        const random = Random.seeded(seed);
        return Float64Array.from({ length }, () => (random.integer(17) - 8) / 4);
      };
      const results = [true, false].map((taken) => {
        const tape = Tape.on(runtime, { precision: 'float64' });
        const x = tape.array(draw(3 * map[0] * map[1] * 2), true).reshape(3, map[0], map[1], 2);
        const size = (kernel[0] * kernel[1] * 2 * 4) / groups;
        const w = tape.array(draw(size), true).reshape(kernel[0], kernel[1], 2 / groups, 4);
        const plain = (): Tensor =>
          generalConv2d(tape, conv, padMap(tape, pad, x as Tensor), w as Tensor, null);
        const without = (): Tensor => {
          const bordered = withBorder(pad, conv)!;
          const y = generalConv2d(tape, bordered, x as Tensor, w as Tensor, null);
          return addBorder(tape, y, w as Tensor, bordered, value, map);
        };
        const y = taken ? without() : plain();
        y.square().sum().backward();
        const found = [y.data, x.gradient!, w.gradient!].map((values) => Array.from(values));
        tape.close();
        return found;
      });
      assert.deepEqual(results[0], results[1]);
    }),
  );
});

test('zeros, and a convolution with zeros of its own, stay as they are', () => {
  const conv = { kind: 'conv2d', padding: [0, 0, 0, 0] } as unknown as Conv2dLayer;
  const pad = (value: number): PadLayer => ({ kind: 'pad', name: 'pad', padding: [1, 1, 1, 1], value });
  assert.equal(withBorder(pad(0), conv), null);
  assert.equal(withBorder(pad(1), { ...conv, padding: [1, 0, 0, 0] }), null);
  assert.deepEqual(withBorder(pad(1), conv)!.padding, [1, 1, 1, 1]);
  const kinds = (layers: readonly Layer[]) => fuseLayers(layers, true).map(({ layer }) => layer.kind);
  assert.deepEqual(kinds([pad(1), conv]), ['conv2d']);
  assert.deepEqual(kinds([pad(0), conv]), ['pad', 'conv2d']);
});
