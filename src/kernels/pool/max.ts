/** @file Max pooling: each window of x to its largest value, or backwards its gradient to the first pixel that holds it. */
import {
  f32x4,
  f32x4Constant,
  i32,
  i32x4Constant,
  type ModuleBuilder,
  v128,
} from '../assembler/assembler.ts';
import { definePool } from './loop.ts';

export function defineMaxima(builder: ModuleBuilder, size: number): void {
  definePool(builder, 'max', size, (f) => {
    const largest = f.local('v128');
    return {
      begin: () => f.set(largest, f32x4Constant(Number.NEGATIVE_INFINITY)),
      pixel: (access, at) => f.set(largest, f32x4.max(largest, access.load(at))),
      end: (access, at) => f.do(access.store(at, largest)),
    };
  });
  definePool(builder, 'max backward', size, (f, { toDx, toDy }) => {
    const [largest, dy, open, found] = f.locals(4, 'v128');
    return {
      begin(access, at) {
        f.set(largest, access.load(at));
        f.set(dy, access.load(i32.add(at, toDy)));
        f.set(open, i32x4Constant(-1));
      },
      pixel(access, at) {
        f.set(found, v128.and(open, f32x4.eq(access.load(at), largest)));
        f.set(open, v128.andnot(open, found));
        f.do(access.store(i32.add(at, toDx), v128.and(dy, found)));
      },
      end() {},
    };
  });
}
