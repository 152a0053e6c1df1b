/**
 * @file Functions of one value: the layers are the operations, whatever stands before, between and after the clips and roundings.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clipValue } from '../../src/kernels/clip/reference.ts';
import { builtIn } from '../../src/nn/activations/index.ts';
import { layersOf } from '../../src/onnx/import/scalar/activation.ts';
import { affine, clip, type ScalarOperation } from '../../src/onnx/import/scalar/operation.ts';

const PLACE = { name: 'n', operator: 'Clip', position: 1, words: 'net.onnx: node n (Clip, 1 of 1)' };

/** One number through an operation, as the file means it. */
function applied(one: ScalarOperation, x: number): number {
  switch (one.kind) {
    case 'affine':
      return one.scale[0]! * x + one.shift[0]!;
    case 'clip':
      return Math.min(Math.max(x, one.lower[0]!), one.upper[0]!);
    case 'leak':
      return x < 0 ? one.slope * x : x;
    case 'floor':
      return Math.floor(x);
    case 'truncate':
      return Math.trunc(x);
    case 'nearest':
      return Math.round(x);
  }
}

const meant = (operations: readonly ScalarOperation[], x: number): number =>
  operations.reduce((value, one) => applied(one, value), x);

/** The same through the layers. */
function given(operations: readonly ScalarOperation[], x: number): number {
  return layersOf(operations, 1, PLACE).reduce((value, { layer, tensors }) => {
    if (layer.kind === 'batchNorm') return tensors.gamma![0]! * value + tensors.beta![0]!;
    assert.equal(layer.kind, 'activation');
    if (layer.kind !== 'activation') return value;
    const page = builtIn({ ...layer, name: 'a' });
    return clipValue(value, tensors.theta?.[0] ?? Number.POSITIVE_INFINITY, page.clip(layer));
  }, x);
}

/** At points away from the steps of a grid. */
function assertSame(operations: readonly ScalarOperation[], step = 0.0173): void {
  for (let i = -200; i <= 200; i++) {
    const x = i * step + 0.00123;
    const [expected, found] = [meant(operations, x), given(operations, x)];
    assert.ok(
      Math.abs(expected - found) < 1e-5 * Math.max(1, Math.abs(expected)),
      `${x}: ${expected}, ${found}`,
    );
  }
}

const positive = fc.integer({ min: 1, max: 40 }).map((n) => n / 8);
const any = fc.integer({ min: -40, max: 40 }).map((n) => n / 8);

test('law: lines and clips in any order', () => {
  const line = fc.tuple(positive, any).map(([scale, shift]) => affine([scale], [shift]));
  const bounded = fc.tuple(any, positive).map(([low, width]) => clip([low], [low + width]));
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 2 }),
      bounded,
      fc.array(line, { maxLength: 2 }),
      (before, one, behind) => {
        assertSame([...before, one, ...behind]);
      },
    ),
    { numRuns: 200 },
  );
});

test('law: a grid of N levels, however it is written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 127 }),
      positive,
      fc.boolean(),
      fc.constantFrom<'floor' | 'nearest' | 'truncate'>('floor', 'nearest', 'truncate'),
      fc.constantFrom('clip first', 'clip between', 'clip last', 'unit interval'),
      (levels, theta, signed, kind, order) => {
        const q = theta / levels;
        const low = signed ? -1 : 0;
        const rounded: ScalarOperation[] = kind === 'floor' ? [affine([1], [0.5]), { kind }] : [{ kind }];
        const [down, up] = [affine([1 / q], [0]), affine([q], [0])];
        const whole = clip([low * levels], [levels]);
        const forms: Readonly<Record<string, ScalarOperation[]>> = {
          'clip first': [clip([low * theta], [theta]), down, ...rounded, up],
          'clip between': [down, whole, ...rounded, up],
          'clip last': [down, ...rounded, whole, up],
          'unit interval': [
            affine([1 / theta], [0]),
            clip([low], [1]),
            affine([levels], [0]),
            ...rounded,
            affine([1 / levels], [0]),
            affine([theta], [0]),
          ],
        };
        const made = layersOf(forms[order]!, 1, PLACE);
        assert.equal(made.length, 1, 'one activation and nothing else');
        const [{ layer }] = made as [(typeof made)[0]];
        assert.ok(
          layer.kind === 'activation' &&
            layer.levels === levels &&
            layer.activation === (signed ? 'strelu' : 'trelu'),
        );
        assertSame(forms[order]!, q / 7.3);
      },
    ),
    { numRuns: 200 },
  );
});

test('a leaky clip is a tLeakyReLU; slope 1 and no bounds are nothing', () => {
  const leaky: ScalarOperation[] = [{ kind: 'leak', slope: 0.25 }, clip([-2], [2])];
  assertSame(leaky, 0.06);
  assert.deepEqual(
    layersOf(leaky, 1, PLACE).map(({ layer }) => layer.kind === 'activation' && layer.activation),
    ['tleaky-relu'],
  );
  assert.deepEqual(layersOf([{ kind: 'leak', slope: 1 }, clip([-Infinity], [Infinity])], 1, PLACE), []);
});

test('bounds of their own for each channel', () => {
  const [made] = layersOf([clip([-1, -2], [1, 2])], 2, PLACE);
  assert.deepEqual([...made!.tensors.theta!], [1, 2]);
  assert.throws(() => layersOf([clip([-1, -2], [1, 3])], 2, PLACE), /not symmetric in every channel/);
});
