/** @file Average pooling: each window of x to its mean, or backwards the mean's gradient to each pixel of the window. */
import { f32x4, f32x4Constant, type ModuleBuilder } from '../assembler/assembler.ts';
import { definePool } from './loop.ts';

const nothing = (): void => {};

export function defineMeans(builder: ModuleBuilder, size: number): void {
  const area = f32x4Constant(size * size);
  definePool(builder, 'mean', size, (f) => {
    const sum = f.local('v128');
    return {
      begin: () => f.set(sum, f32x4Constant(0)),
      pixel: (access, at) => f.set(sum, f32x4.add(sum, access.load(at))),
      end: (access, at) => f.do(access.store(at, f32x4.div(sum, area))),
    };
  });
  // here x and y are the gradients
  definePool(builder, 'mean backward', size, (f) => {
    const share = f.local('v128');
    return {
      begin: (access, at) => f.set(share, f32x4.div(access.load(at), area)),
      pixel: (access, at) => f.do(access.store(at, share)),
      end: nothing,
    };
  });
}
