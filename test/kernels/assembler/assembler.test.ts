/** @file The assembler's output is tested by running it: what JavaScript computes and what the module computes must agree. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  AssemblerError,
  defineFunction,
  defineTask,
  f32,
  f32x4,
  hasRelaxedSimd,
  hasSimd,
  i16x8,
  i32,
  i32x4,
  inOrder,
  ModuleBuilder,
  multiplyAdd,
  select,
  shuffle,
  v128,
} from '../../../src/kernels/assembler/assembler.ts';
import { signed, unsigned } from '../../../src/kernels/assembler/bytes.ts';

type Exports = Record<string, (...args: number[]) => number>;

function run(builder: ModuleBuilder, memory: WebAssembly.Memory): Exports {
  const module = new WebAssembly.Module(builder.bytes());
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
}

const unshared = () => new WebAssembly.Memory({ initial: 1 });

test('LEB128 decodes to what was encoded', () => {
  const decode = (bytes: readonly number[]): bigint => {
    let value = 0n;
    for (const [at, byte] of bytes.entries()) value |= BigInt(byte & 127) << BigInt(7 * at);
    return value;
  };
  fc.assert(fc.property(fc.nat(), (n) => decode(unsigned(n)) === BigInt(n)));
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (n) => {
      const bytes = signed(n);
      return BigInt.asIntN(7 * bytes.length, decode(bytes)) === BigInt(n);
    }),
  );
});

test('i32 arithmetic wraps, compares and divides as in JavaScript', () => {
  const builder = new ModuleBuilder({ shared: false });
  builder.define('add', ['i32', 'i32'], 'i32', (_f, a, b) => i32.add(a, b));
  builder.define('mul', ['i32', 'i32'], 'i32', (_f, a, b) => i32.mul(a, b));
  builder.define('less', ['i32', 'i32'], 'i32', (_f, a, b) => i32.lt_s(a, b));
  builder.define('larger', ['i32', 'i32'], 'i32', (_f, a, b) => select('i32', a, b, i32.gt_s(a, b)));
  builder.define('most', ['i32', 'i32'], 'i32', (_f, a, b) => i32.max_s(a, b));
  builder.define('least', ['i32', 'i32'], 'i32', (_f, a, b) => i32.min_s(a, b));
  builder.define('least unsigned', ['i32', 'i32'], 'i32', (_f, a, b) => i32.min_u(a, b));
  const exports = run(builder, unshared());
  const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(int, int, (a, b) => {
      assert.equal(exports.add!(a, b), (a + b) | 0);
      assert.equal(exports.mul!(a, b), Math.imul(a, b));
      assert.equal(exports.less!(a, b), Number(a < b));
      assert.equal(exports.larger!(a, b), Math.max(a, b));
      assert.equal(exports.most!(a, b), Math.max(a, b));
      assert.equal(exports.least!(a, b), Math.min(a, b));
      assert.equal(exports['least unsigned']!(a, b), Math.min(a >>> 0, b >>> 0) | 0);
    }),
  );
});

test('for, while, if, block, calls: sums and Collatz lengths', () => {
  const builder = new ModuleBuilder({ shared: false });
  builder.define('sum', ['i32'], 'i32', (f, n) => {
    const i = f.local('i32');
    const total = f.local('i32');
    f.for(i, 1, i32.add(n, 1), 1, () => f.advance(total, i));
    return total;
  });
  const next = builder.define('next', ['i32'], 'i32', (f, n) => {
    const result = f.local('i32');
    f.if(
      i32.and(n, 1),
      () => f.set(result, i32.add(i32.mul(n, 3), 1)),
      () => f.set(result, i32.shr_u(n, 1)),
    );
    return result;
  });
  builder.define('collatz', ['i32'], 'i32', (f, n) => {
    const length = f.local('i32');
    f.block((done) => {
      f.loop((again) => {
        f.branchIf(done, i32.le_s(n, 1));
        f.set(n, next(n));
        f.advance(length, 1);
        f.branch(again);
      });
    });
    return length;
  });
  const exports = run(builder, unshared());
  fc.assert(fc.property(fc.nat(1000), (n) => exports.sum!(n) === (n * (n + 1)) / 2));
  assert.equal(exports.collatz!(27), 111);
});

test('parameters by name: a call may name them in any order, and each has its own type', () => {
  const builder = new ModuleBuilder({ shared: false });
  const shifted = defineFunction(builder, 'shifted', ['at', 'value: f32', 'by: f32'], (f, p) => {
    const sum = f.let(f32.add(p.value, p.by));
    f.do(f32.store(p.at, sum));
  });
  defineTask(builder, 'both', ['to'], (f, { task, lane, to }) => {
    const [at, next] = f.locals(2, 'i32');
    f.set(at, i32.add(to, i32.shl(task, 2)));
    f.set(next, i32.add(at, 4));
    f.do(shifted({ by: 0.5, at, value: f32.convert_i32_s(lane) }));
    f.do(shifted({ value: 3, by: 4, at: next }));
  });
  const memory = unshared();
  run(builder, memory).both!(2, 7, 100);
  assert.deepEqual([...new Float32Array(memory.buffer, 108, 2)], [7.5, 7]);
  assert.deepEqual(inOrder(['a', 'b'], { b: 2, a: 1 }), [1, 2]);
});

test('vectors: multiply-add, shuffles, elements, bit masks and 16-bit elements', () => {
  assert.ok(hasSimd);
  for (const relaxed of hasRelaxedSimd ? [false, true] : [false]) {
    const builder = new ModuleBuilder({ shared: false });
    builder.define('madd', ['f32'], 'none', (f, scale) => {
      f.do(v128.store(0, multiplyAdd(v128.load(0), f32x4.splat(scale), v128.load(0, 16), relaxed), 32));
      f.do(
        v128.store(
          0,
          shuffle(v128.load(0), v128.load(0, 16), [4, 5, 6, 7, 0, 1, 2, 3, 28, 29, 30, 31, 16, 17, 18, 19]),
          48,
        ),
      );
      f.do(v128.store32_lane(0, v128.load(0), 2, 64));
      f.do(v128.store32_lane(0, v128.load(0), 3, 68));
    });
    builder.define('wide', [], 'i32', (f) => {
      f.do(v128.store(0, i16x8.add(v128.load8x8_s(0, 128), v128.load(0, 144)), 160));
      return i32x4.bitmask(v128.load(0, 128));
    });
    const memory = unshared();
    const exports = run(builder, memory);
    new Float32Array(memory.buffer).set([1, 2, 3, 4, 10, 20, 30, 40]);
    exports.madd!(0.5);
    const floats = new Float32Array(memory.buffer);
    assert.deepEqual([...floats.subarray(8, 18)], [10.5, 21, 31.5, 42, 2, 1, 40, 10, 3, 4]);
    new Int8Array(memory.buffer).set([-1, 2, -3, 4, 5, 6, 7, -8], 128);
    new Int16Array(memory.buffer).fill(1000, 72, 80);
    assert.equal(exports.wide!(), 0b0010);
    assert.deepEqual(
      [...new Int16Array(memory.buffer).subarray(80, 88)],
      [999, 1002, 997, 1004, 1005, 1006, 1007, 992],
    );
  }
});

test('a shared memory is accepted', () => {
  const builder = new ModuleBuilder({ shared: true });
  builder.define('next', [], 'i32', (f) => {
    f.do(i32.store(0, i32.add(i32.load(0, 64), 1), 64));
    return i32.load(0, 64);
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 100, shared: true });
  const exports = run(builder, memory);
  assert.deepEqual([exports.next!(), exports.next!(), exports.next!()], [1, 2, 3]);
});

test('mistakes are named while emitting', () => {
  const attempt = (body: Parameters<ModuleBuilder['define']>[3], result: 'none' | 'i32' = 'none') =>
    new ModuleBuilder({ shared: false }).define('f', ['i32', 'f32'], result, body as never);
  assert.throws(
    () => attempt((_f, a, b) => i32.add(a as never, b as never), 'i32'),
    /i32\.add: expected \[i32 i32\].*found \[i32 f32\]/,
  );
  assert.throws(() => attempt(() => i32.add(1, 2)), AssemblerError);
  assert.throws(() => attempt(() => undefined, 'i32'), /gives i32, the stack holds \[\]/);
  assert.throws(() => attempt((f) => void f.do(i32.add(1, 2) as never)), /left on the stack/);
  assert.throws(() => attempt((f) => void f.do(v128.store32_lane(0, v128.load(0), 4))), /element 4 of 4/);
  assert.throws(() => i32.load(0, -4), /offset -4/);
});
