/** @file The gradient of every method against finite differences, over random shapes and broadcasts, in float64. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Operation } from '../../src/kernels/elementwise/operation.ts';
import { Random } from '../../src/random/random.ts';
import type { Tensor } from '../../src/tensor/interfaces.ts';
import { Tensor as Parameter } from '../../src/tensor/tensor.ts';
import { checkGradients, doubleTape, valuesOffKinks } from './gradient-check.ts';

const RUNS = { numRuns: 40 };
const seed = fc.integer({ min: 0, max: 2 ** 30 });
const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

/** Positive numbers: moved away from 0, where roots and logarithms are steep. */
function positive(x: Parameter): Parameter {
  return new Parameter(
    x.data.map((value) => Math.abs(value) + 0.5),
    x.shape,
    true,
  );
}

/** The kinks of floor lie at every whole number, to which no value is nearer than 0.005. */
const UNARY = {
  ...Object.fromEntries(
    (['neg', 'abs', 'sign', 'floor', 'square', 'exp', 'erf', 'tanh', 'sigmoid', 'relu', 'gelu'] as const).map(
      (name) => [name, (x: Tensor) => x[name]()],
    ),
  ),
  'clip to numbers': (x: Tensor) => x.clip(-1, 1.5),
  'pow 3': (x: Tensor) => x.pow(3),
  'less than a number': (x: Tensor) => x.less(1).mul(x),
  'where, by itself': (x: Tensor) => x.greater(0).where(x.square(), x.neg()),
};
const UNARY_POSITIVE = {
  ...Object.fromEntries(
    (['sqrt', 'log', 'reciprocal'] as const).map((name) => [name, (x: Tensor) => x[name]()]),
  ),
  'pow 0.5': (x: Tensor) => x.pow(0.5),
  'pow -2': (x: Tensor) => x.pow(-2),
  'pow 1.3': (x: Tensor) => x.pow(1.3),
};

/** Gradients of one check after the other on the same inputs. */
const check: typeof checkGradients = (inputs, compute, seed) => {
  for (const x of inputs) x.gradient = null;
  checkGradients(inputs, compute, seed);
};

const shapes = fc.array(size(4), { minLength: 0, maxLength: 3 });

for (const [table, prepare] of [
  [UNARY, (x: Parameter) => x],
  [UNARY_POSITIVE, positive],
] as const) {
  for (const [name, run] of Object.entries(table)) {
    test(name, () => {
      fc.assert(
        fc.property(shapes, seed, (shape, s) => {
          const x = prepare(valuesOffKinks(shape, Random.seeded(s)));
          check([x], (tape) => run(tape.use(x)), s);
        }),
        RUNS,
      );
    });
  }
}

test('an operation of one own, made of many, with values that are used several times', () => {
  const own: Operation = {
    name: 'own',
    formula: (a, b) => {
      const shared = a.mul(b).tanh();
      return shared.mul(shared.add(a)).sub(b.sigmoid()).add(shared.greater(0).where(a.square(), b)).gelu();
    },
  };
  const asTensors = (a: Tensor, b: Tensor): Tensor =>
    (own.formula as unknown as (a: Tensor, b: Tensor) => Tensor)(a, b);
  fc.assert(
    fc.property(size(4), size(4), seed, (rows, columns, s) => {
      const random = Random.seeded(s);
      const [a, b] = [valuesOffKinks([rows, columns], random), valuesOffKinks([columns], random)];
      check([a, b], (tape) => tape.use(a).apply(own, b), s);
      const gradients = [...a.gradient!, ...b.gradient!];
      check([a, b], (tape) => asTensors(tape.use(a), tape.use(b)), s);
      [...a.gradient!, ...b.gradient!].forEach((value, i) => {
        assert.ok(Math.abs(value - gradients[i]!) < 1e-9 * (1 + Math.abs(value)));
      });
    }),
    RUNS,
  );
});

/** Two shapes that broadcast: axes of the common shape, each kept, or of length 1, or (leading ones) left out. */
const pairs = fc
  .record({
    shape: fc.array(size(4), { minLength: 1, maxLength: 3 }),
    ones: fc.array(fc.constantFrom('neither', 'first', 'second', 'both'), { minLength: 3, maxLength: 3 }),
    left: fc.nat(3),
  })
  .map(({ shape, ones, left }) => {
    const first = shape.map((length, i) => (ones[i] === 'first' || ones[i] === 'both' ? 1 : length));
    const second = shape.map((length, i) => (ones[i] === 'second' || ones[i] === 'both' ? 1 : length));
    return [first, second.slice(Math.min(left, second.length))] as const;
  });

/** Distinct values, so that no two are equal: maxima have a kink there. */
function distinct(x: Parameter, shift: number): Parameter {
  return new Parameter(
    x.data.map((value) => value + shift),
    x.shape,
    true,
  );
}

const BINARY = {
  add: (a: Tensor, b: Tensor) => a.add(b),
  sub: (a: Tensor, b: Tensor) => a.sub(b),
  mul: (a: Tensor, b: Tensor) => a.mul(b),
  div: (a: Tensor, b: Tensor) => a.div(b.square().add(0.5)),
  pow: (a: Tensor, b: Tensor) => a.square().add(0.5).pow(b),
  maximum: (a: Tensor, b: Tensor) => a.maximum(b),
  minimum: (a: Tensor, b: Tensor) => a.minimum(b),
  where: (a: Tensor, b: Tensor) => a.greater(0).where(a, b),
  'clip to a tensor': (a: Tensor, b: Tensor) => a.clip(-1, b.abs()),
};
for (const [name, run] of Object.entries(BINARY)) {
  test(`${name}, broadcast; also of a tensor with itself`, () => {
    fc.assert(
      fc.property(pairs, seed, fc.boolean(), ([first, second], s, same) => {
        const random = Random.seeded(s);
        const a = valuesOffKinks(first, random);
        const b = distinct(valuesOffKinks(second, random), 0.003);
        if (same && name !== 'maximum' && name !== 'minimum')
          check([a], (tape) => run(tape.use(a), tape.use(a)), s);
        else check([a, b], (tape) => run(tape.use(a), tape.use(b)), s);
      }),
      RUNS,
    );
  });
}

test('softmax and logSoftmax along any axis', () => {
  const shape = fc.array(size(4), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(shape, fc.nat(2), seed, (lengths, axis, s) => {
      const x = valuesOffKinks(lengths, Random.seeded(s));
      check([x], (tape) => tape.use(x).softmax(axis % lengths.length), s);
      check([x], (tape) => tape.use(x).logSoftmax(axis % lengths.length), s);
    }),
    RUNS,
  );
});

const withAxes = shapes.chain((shape) =>
  fc.tuple(
    fc.constant(shape),
    fc.option(fc.subarray([...shape.keys()]), { nil: undefined }),
    fc.boolean(),
    seed,
  ),
);
for (const kind of ['sum', 'mean', 'max', 'min', 'variance'] as const) {
  test(`${kind} over any axes`, () => {
    fc.assert(
      fc.property(withAxes, ([shape, axes, keepDims, s]) => {
        const x = spread(shape, Random.seeded(s));
        check([x], (tape) => tape.use(x)[kind](axes, { keepDims }), s);
      }),
      RUNS,
    );
  });
}

/** Distinct values in a random order, at least 0.1 apart. */
function spread(shape: readonly number[], random: Random): Parameter {
  const x = valuesOffKinks(shape, random);
  const order = random.shuffle([...x.data.keys()]);
  order.forEach((place, i) => {
    x.data[place] = 0.1 * i - 1;
  });
  return x;
}

test('matmul: matrices, vectors, batches that are broadcast', () => {
  const batches = pairs.map(([a, b]) => [a.slice(0, 2), b.slice(0, 2)] as const);
  const usable = batches.filter(([a, b]) => {
    const n = Math.max(a.length, b.length);
    return Array.from({ length: n }, (_, i) => [a[a.length - n + i] ?? 1, b[b.length - n + i] ?? 1]).every(
      ([x, y]) => x === y || x === 1 || y === 1,
    );
  });
  fc.assert(
    fc.property(usable, size(3), size(3), size(3), fc.nat(3), seed, ([one, other], m, k, n, vectors, s) => {
      const random = Random.seeded(s);
      const a = valuesOffKinks(vectors & 1 ? [k] : [...one, m, k], random);
      const b = valuesOffKinks(vectors & 2 ? [k] : [...other, k, n], random);
      check([a, b], (tape) => tape.use(a).matmul(b), s);
    }),
    RUNS,
  );
});

test('reshape, transpose, slice, pad, broadcastTo, concatenate, gather', () => {
  fc.assert(
    fc.property(size(3), size(4), size(3), seed, (p, q, r, s) => {
      const random = Random.seeded(s);
      const x = valuesOffKinks([p, q, r], random);
      const other = valuesOffKinks([p, 2, r], random);
      const order = random.shuffle([0, 1, 2]);
      const from = random.integer(q);
      const places = Array.from({ length: 3 }, () => random.integer(q));
      const step = [1, 2, -1, -2][random.integer(4)]!;
      check([x], (tape) => tape.use(x).reshape(-1, q), s);
      check([x], (tape) => tape.use(x).transpose(...order), s);
      check([x], (tape) => tape.use(x).slice(null, [from, null], [null, null, step]), s);
      check([x], (tape) => tape.use(x).slice(-1, from), s);
      check([x], (tape) => tape.use(x).pad([[1, 0], [0, 2], [from, 1]], 3), s); // biome-ignore format: one line
      check([x], (tape) => tape.use(x).broadcastTo(2, p, q, r), s);
      check([x, other], (tape) => tape.use(x).concatenate([other, x], 1), s);
      check([x], (tape) => tape.use(x).gather(places, 1), s);
    }),
    RUNS,
  );
});

const windows = fc.record({
  batch: size(2),
  height: fc.integer({ min: 3, max: 6 }),
  width: fc.integer({ min: 3, max: 6 }),
  kernel: fc.tuple(size(3), size(3)),
  stride: fc.tuple(size(2), size(2)),
  dilation: fc.tuple(size(2), size(2)),
  padding: fc.tuple(fc.tuple(fc.nat(1), fc.nat(2)), fc.tuple(fc.nat(2), fc.nat(1))),
  s: seed,
});
type Windows = typeof windows extends fc.Arbitrary<infer T> ? T : never;

const fits = ({ height, width, kernel, dilation, padding }: Windows): boolean =>
  [height, width].every(
    (length, i) => length + padding[i]![0] + padding[i]![1] > dilation[i]! * (kernel[i]! - 1),
  );

test('conv2d: any kernel, stride, padding, dilation and groups', () => {
  fc.assert(
    fc.property(windows, size(2), size(2), size(3), fc.boolean(), (w, groups, ins, outs, biased) => {
      fc.pre(fits(w));
      const random = Random.seeded(w.s);
      const x = valuesOffKinks([w.batch, w.height, w.width, groups * ins], random);
      const weights = valuesOffKinks([...w.kernel, ins, groups * outs], random);
      const bias = biased ? valuesOffKinks([groups * outs], random) : null;
      const { stride, dilation, padding } = w;
      check(
        bias ? [x, weights, bias] : [x, weights],
        (tape) => tape.use(x).conv2d(weights, { stride, dilation, padding, groups, bias }),
        w.s,
      );
    }),
    RUNS,
  );
});

test('maxPool and avgPool: any window, stride, padding and dilation', () => {
  fc.assert(
    fc.property(windows, size(2), (w, channels) => {
      // A window wholly in the padding has no largest value.
      const padding = w.padding.map((edges, i) =>
        edges.map((edge) => (w.dilation[i] === 1 ? Math.min(edge, w.kernel[i]! - 1) : 0)),
      ) as unknown as Windows['padding'];
      fc.pre(fits({ ...w, padding }));
      const x = spread([w.batch, w.height, w.width, channels], Random.seeded(w.s));
      const { stride, dilation } = w;
      check([x], (tape) => tape.use(x).maxPool(w.kernel, { stride, dilation, padding }), w.s);
      check([x], (tape) => tape.use(x).avgPool(w.kernel, { stride, dilation, padding }), w.s);
    }),
    RUNS,
  );
});

test('conv2d of every channel by itself, many channels: the same as one convolution each, and its gradient', () => {
  fc.assert(
    fc.property(
      windows,
      fc.integer({ min: 32, max: 35 }),
      ({ kernel, stride, padding, s, ...rest }, channels) => {
        const small = {
          ...rest,
          kernel,
          stride,
          padding,
          s,
          batch: 1,
          height: 3,
          width: 3,
          dilation: [1, 1] as [number, number],
        };
        fc.pre(fits(small));
        const random = Random.seeded(s);
        const x = valuesOffKinks([1, 3, 3, channels], random);
        const w = valuesOffKinks([...kernel, 1, channels], random);
        const options = { stride, padding };
        check([x, w], (tape) => tape.use(x).conv2d(w, { ...options, groups: channels }), s);
        const tape = doubleTape();
        const [first, ...others] = Array.from({ length: channels }, (_, c) =>
          tape
            .use(x)
            .slice(null, null, null, [c, c + 1])
            .conv2d(tape.use(w).slice(null, null, null, [c, c + 1]), options),
        );
        const expected = first!.concatenate(others, 3).data;
        tape
          .use(x)
          .conv2d(w, { ...options, groups: channels })
          .data.forEach((value, i) => {
            assert.ok(Math.abs(value - expected[i]!) < 1e-12);
          });
        tape.close();
      },
    ),
    { numRuns: 5 },
  );
});
