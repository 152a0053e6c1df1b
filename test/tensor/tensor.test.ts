/** @file Tensors as NumPy's users know them: broadcasting, views, tapes, constants, and errors that say what was expected. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import ops from 'ndarray-ops';
import type { Floats } from '../../src/kernels/kernels.ts';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { Random } from '../../src/random/random.ts';
import type { Tensor } from '../../src/tensor/interfaces.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { Tensor as Parameter } from '../../src/tensor/tensor.ts';
import { tensorView } from '../../src/tensor/tensor-view.ts';

const heap = new Heap();
const simdKernels = createSimdKernels(heap, new LocalTeam(heap));
const simd = new Tape(simdKernels, new Arena(heap));
const plain = new Tape(referenceKernels, new Arena(heap));
const seed = fc.integer({ min: 0, max: 2 ** 30 });

function filled(tape: Tape, shape: readonly number[], random: Random): Parameter {
  const x = tape.tensor(shape);
  for (let i = 0; i < x.size; i++) x.data[i] = random.uniform(-2, 2);
  return x;
}

/** A common shape, and two operands whose axes are whole, of length 1, or (leading ones) missing. */
const pairs = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.nat(2)), { minLength: 1, maxLength: 4 }),
    fc.nat(4),
  )
  .map(([axes, left]) => {
    const shape = axes.map(([length]) => length);
    const own = (which: number): number[] => axes.map(([length, kind]) => (kind === which ? 1 : length));
    return { shape, a: own(1), b: own(2).slice(Math.min(left, axes.length)) };
  })
  .map(({ shape, a, b }) => ({
    shape: shape.map((_, i) => Math.max(a[i]!, b[i - a.length + b.length] ?? 1)),
    a,
    b,
  }));

/** The element of a tensor that broadcasting puts at a place of the common shape. */
function at(x: Tensor, index: readonly number[]): number {
  let place = 0;
  x.shape.forEach((length, axis) => {
    place = place * length + (length === 1 ? 0 : index[axis - x.shape.length + index.length]!);
  });
  return x.data[place]!;
}

test('broadcasting: each element is made of the elements NumPy would take, in both kernel sets', () => {
  fc.assert(
    fc.property(pairs, seed, ({ shape, a, b }, s) => {
      for (const tape of [plain, simd]) {
        const random = Random.seeded(s);
        const [x, y] = [filled(tape, a, random), filled(tape, b, random)];
        const sum = x.sub(y);
        assert.deepEqual([...sum.shape], shape);
        const index = shape.map(() => 0);
        for (const found of sum.data) {
          assert.equal(found, Math.fround(at(x, index) - at(y, index)));
          for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--)
            index[axis] = 0;
        }
        tape.reset();
      }
    }),
    { numRuns: 200 },
  );
});

test('equal to ndarray-ops where it has the operation, in both kernel sets', () => {
  type View = NdArray<Floats>;
  const unary: Readonly<Record<string, (to: View, x: View) => void>> = {
    neg: ops.neg,
    abs: ops.abs,
    exp: ops.exp,
    floor: ops.floor, // biome-ignore format: a list
  };
  const positive: typeof unary = { sqrt: ops.sqrt, log: ops.log, reciprocal: ops.recip };
  const binary: Readonly<Record<string, (to: View, a: View, b: View) => void>> = {
    add: ops.add,
    sub: ops.sub,
    mul: ops.mul,
    div: ops.div,
    maximum: ops.max,
    minimum: ops.min, // biome-ignore format: a list
  };
  const shapes = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(shapes, seed, (shape, s) => {
      for (const tape of [plain, simd]) {
        const random = Random.seeded(s);
        const [a, b] = [filled(tape, shape, random), filled(tape, shape, random)];
        const high = a.abs().add(0.1);
        const expected = ndarray(new Float32Array(a.size), shape) as View;
        const equal = (name: string, y: Tensor): void => {
          y.data.forEach((value, i) => {
            const exact = expected.data[i]!;
            const close = Math.abs(value - exact) <= 2 ** -22 * Math.abs(exact) + 1e-30;
            assert.ok(close, `${name}: ${value}, ndarray-ops ${exact}`);
          });
        };
        for (const [name, oracle] of Object.entries(unary)) {
          oracle(expected, tensorView(a));
          equal(name, a[name as 'neg']());
        }
        for (const [name, oracle] of Object.entries(positive)) {
          oracle(expected, tensorView(high));
          equal(name, high[name as 'neg']());
        }
        for (const [name, oracle] of Object.entries(binary)) {
          if (name === 'maximum' || name === 'minimum') continue;
          oracle(expected, tensorView(a), tensorView(b));
          equal(name, a[name as 'add'](b));
        }
        assert.ok(Math.abs(a.sum().item() - ops.sum(tensorView(a))) < 1e-4);
        assert.equal(a.max().item(), ops.sup(tensorView(a)));
        assert.equal(a.min().item(), ops.inf(tensorView(a)));
        const [row, column] = (ops.argmax as unknown as (x: View) => [number, number])(tensorView(a));
        assert.equal(a.reshape(-1).argmax().item(), row * shape[1] + column);
        tape.reset();
      }
    }),
    { numRuns: 60 },
  );
});

test('ndarray views in and out: any strides in, the same memory out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (rows, columns) => {
      const whole = ndarray(
        Float32Array.from({ length: rows * columns * 2 }, (_, i) => i),
        [rows, columns, 2],
      );
      const view = whole.pick(null, null, 1).transpose(1, 0).step(-1, 1);
      const x = simd.array(view as NdArray<Floats>);
      assert.deepEqual([...x.shape], [columns, rows]);
      for (let i = 0; i < columns; i++)
        for (let j = 0; j < rows; j++) assert.equal(tensorView(x).get(i, j), view.get(i, j));
      tensorView(x).set(0, 0, -5);
      assert.equal(x.data[0], -5);
      simd.reset();
    }),
  );
});

test('slice: bounds from either end and beyond, as those of an array; steps forwards and backwards', () => {
  const bound = fc.option(fc.integer({ min: -9, max: 9 }));
  fc.assert(
    fc.property(fc.nat(6), bound, bound, fc.integer({ min: 1, max: 3 }), (length, from, to, step) => {
      const values = Array.from({ length }, (_, i) => i);
      const every = (list: number[]): number[] => list.filter((_, i) => i % step === 0);
      const x = simd.array(Float32Array.from(values));
      const part = values.slice(from ?? 0, to ?? length);
      assert.deepEqual([...x.slice([from, to, step]).data], every(part));
      assert.deepEqual([...x.slice([null, null, -step]).data], every(values.toReversed()));
      assert.deepEqual([...x.slice([from, to]).slice([null, null, -step]).data], every(part.toReversed()));
      simd.reset();
    }),
    { numRuns: 300 },
  );
});

test('array: lists, numbers and typed arrays', () => {
  assert.deepEqual([...simd.array([[1, 2, 3], [4, 5, 6]]).shape], [2, 3]); // biome-ignore format: a matrix
  assert.deepEqual([...simd.array(7).shape], []);
  assert.deepEqual([...simd.array(Float32Array.of(1, 2)).data], [1, 2]);
  assert.throws(() => simd.array([[1, 2], [3]]), /array: expected 2, found a list of 1/);
  assert.throws(() => simd.array([[1, 2], 3]), /array: expected lists of 2 numbers, found 3/);
  simd.reset();
});

test('an operation of one own: its value and its gradient come from one formula', () => {
  const swish = { name: 'swish', formula: (x) => x.mul(x.sigmoid()) } satisfies Parameters<
    Tensor['apply']
  >[0];
  const x = simd.array([-1, 0, 2], true);
  const one = x.apply(swish);
  one.sum().backward();
  const found = [...one.data, ...x.gradient!];
  simd.reset();
  const y = simd.array([-1, 0, 2], true);
  const other = y.mul(y.sigmoid());
  other.sum().backward();
  [...other.data, ...y.gradient!].forEach((value, i) => {
    assert.ok(Math.abs(value - found[i]!) < 1e-6);
  });
  simd.reset();
});

test('pow: negative bases, zeros and infinities as Math.pow has them; whole exponents exactly', () => {
  const bases = [-3, -1, -0.5, 0, 0.5, 1, 2, 7, Number.POSITIVE_INFINITY];
  const exponents = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3];
  for (const tape of [plain, simd]) {
    const found = tape.array(bases.map((base) => [base])).pow(tape.array(exponents));
    bases.forEach((base, i) => {
      exponents.forEach((exponent, j) => {
        const [y, expected] = [found.data[i * exponents.length + j]!, base ** exponent];
        const close = Math.abs(y - expected) <= 1e-5 * Math.abs(expected);
        assert.ok(Object.is(Math.abs(y), Math.abs(expected)) || close, `${base} ** ${exponent}: ${y}`);
        if (!Number.isInteger(exponent)) return;
        const whole = tape.array(base).pow(exponent).item();
        assert.ok(
          whole === Math.fround(expected) || Math.abs(whole / expected - 1) < 2e-7,
          `${base} ** ${exponent}: ${whole}`,
        );
      });
    });
    tape.reset();
  }
});

test('noGrad and detach: constants, through which no gradient flows', () => {
  const x = simd.array([1, 2], true);
  const constant = simd.noGrad(() => x.square());
  assert.equal(constant.needsGradient, false);
  assert.equal(simd.recording, true);
  assert.throws(() => simd.noGrad(() => x.reshape(3)), /reshape/);
  assert.equal(simd.recording, true, 'also after an error');
  x.mul(x.detach()).add(constant).sum().backward();
  assert.deepEqual([...x.gradient!], [1, 2]);
  simd.reset();
});

test('parameters join the tape of what they meet; alone they are told how', () => {
  const w = Parameter.onHeap(heap, [2], true);
  w.data.set([3, 4]);
  assert.throws(() => w.square(), /square: expected an operand on a tape, found none; begin with tape\.use/);
  simd
    .use(w)
    .square()
    .sum()
    .add(simd.array([1, 1]).mul(w).sum())
    .backward();
  assert.deepEqual([...w.gradient!], [7, 9]);
  simd.reset();
  assert.equal(w.gradient, null);
  const other = new Tape(simdKernels, new Arena(heap));
  const [a, b] = [simd.array([1], true).neg(), other.array([1], true).neg()];
  assert.throws(() => a.add(b), /add: expected operands on one tape, found two tapes; detach\(\) one/);
  assert.equal(a.add(b.detach()).item(), -2);
  simd.reset();
});

test('errors name the operation and the shapes', () => {
  const [x, y] = [simd.tensor([2, 3]), simd.tensor([4])];
  assert.throws(
    () => x.add(y),
    /^Error: add: expected shapes that can be broadcast, found \[2,3\] and \[4\]$/,
  );
  assert.throws(
    () => x.matmul(x),
    /matmul: expected \[\.\.\., m, k\] times \[\.\.\., k, n\], found \[2,3\] times \[2,3\]/,
  );
  assert.throws(() => x.sum(2), /sum: expected an axis of shape \[2,3\], found 2/);
  assert.throws(() => x.sum([0, -2]), /sum: expected each axis once/);
  assert.throws(
    () => x.reshape(4, -1),
    /reshape: expected a shape of 6 elements for \[2,3\], found \[4,-1\]/,
  );
  assert.throws(() => x.transpose(0), /transpose: expected every axis of \[2,3\] once/);
  assert.throws(() => x.slice(2), /slice: expected a place in axis 0 of \[2,3\], found 2/);
  assert.throws(() => x.slice(null, null, null), /slice: expected at most 2 parts/);
  assert.throws(() => x.pad([[1, 1]]), /pad: expected \[before, after\] for each axis of \[2,3\]/);
  assert.throws(() => x.broadcastTo(3, 3), /broadcastTo/);
  assert.throws(
    () => x.concatenate([y]),
    /concatenate: expected equal shapes but for axis 0, found \[2,3\] and \[4\]/,
  );
  assert.throws(() => x.gather([3], 1), /gather: expected whole numbers below 3, found 3/);
  assert.throws(() => simd.array([1.5]).oneHot(4), /oneHot: expected whole numbers below 4, found 1.5/);
  assert.throws(
    () => x.maxPool(2),
    /maxPool: expected maps \[batch, height, width, channels\], found shape \[2,3\]/,
  );
  const maps = simd.tensor([1, 4, 4, 3]);
  assert.throws(
    () => maps.maxPool(5),
    /maxPool: expected a window that fits into \[1,4,4,3\], found kernel 5/,
  );
  assert.throws(
    () => maps.conv2d(simd.tensor([3, 3, 2, 8])),
    /conv2d: expected weights for 3 channels in 1 groups, found \[3,3,2,8\]/,
  );
  assert.throws(() => x.item(), /tensor: item\(\) needs one element, found shape \[2,3\]/);
  simd.reset();
});

/** The indices that Python's x[from:to:step] visits, written from its rule: negative bounds count from the end, others are cut off. */
function visited(length: number, from: number | null, to: number | null, step: number): number[] {
  const inside = (bound: number): number => (bound < 0 ? bound + length : bound);
  const starts = from === null ? (step > 0 ? 0 : length - 1) : inside(from);
  const ends = to === null ? (step > 0 ? length : -1) : inside(to);
  const found: number[] = [];
  // Every index that could be meant, in the direction of the step; those before the start are passed over.
  const begin = step > 0 ? Math.max(starts, 0) : Math.min(starts, length - 1);
  for (let i = begin; i >= 0 && i < length && (step > 0 ? i < ends : i > Math.max(ends, -1)); i += step)
    found.push(i);
  return found;
}

test('a slice visits what Python visits, for bounds of either sign, inside and outside, and any step', () => {
  const bound = fc.option(fc.integer({ min: -9, max: 9 }), { nil: null });
  const step = fc.integer({ min: -3, max: 3 }).filter((value) => value !== 0);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), bound, bound, step, (length, from, to, by) => {
      const x = simd.array(Float32Array.from({ length }, (_, i) => i));
      assert.deepEqual([...x.slice([from, to, by]).data], visited(length, from, to, by));
      if (by === 1) {
        const whole = Array.from({ length }, (_, i) => i);
        assert.deepEqual(visited(length, from, to, 1), whole.slice(from ?? undefined, to ?? undefined));
      }
      simd.reset();
    }),
    { numRuns: 500 },
  );
});

test('empty tensors pass through', () => {
  const x = simd.tensor([0, 3], true);
  assert.deepEqual([...x.add(1).shape], [0, 3]);
  assert.deepEqual([...x.sum(0).data], [0, 0, 0]);
  assert.deepEqual([...simd.tensor([2, 3]).slice([1, 1]).shape], [0, 3]);
  simd.reset();
});

test('a tape that is closed has forgotten its step: no gradients are left, and its memory is given back', () => {
  const own = new Heap();
  const parameter = new Parameter(own.f32(own.allocate(8), 2), [2], true);
  const before = own.used;
  for (const end of ['close', 'dispose', 'reset'] as const) {
    const tape = new Tape(referenceKernels, new Arena(own));
    tape.backward(tape.use(parameter).mul(3).sum());
    assert.deepEqual([...parameter.gradient!], [3, 3]);
    if (end === 'dispose') tape[Symbol.dispose]();
    else tape[end]();
    assert.equal(parameter.gradient, null, end);
    tape.close();
    assert.equal(own.used, before, end);
  }
});
