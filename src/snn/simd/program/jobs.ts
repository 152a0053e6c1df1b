/**
 * @file Tasks of several kernels and layers as one parallel for: a table in the heap says whose each task number is, so
 * that all of them cost one barrier.
 */
import { i32, type Local, type ModuleBuilder } from '../../../kernels/assembler/assembler.ts';
import type { Call } from '../../../kernels/assembler/module-builder.ts';

/** kernel(task, lane, ...args) */
export type Kernel = Call<readonly 'i32'[], 'none'>;

/** Kernels in the order of their numbers, with how many args each takes. */
const ARGUMENTS = { layer: 1, layer8: 1, merge: 7, collect: 1, census: 7 } as const;
export type KernelName = keyof typeof ARGUMENTS;
export const KERNELS: readonly KernelName[] = Object.keys(ARGUMENTS) as KernelName[];

/** Independent of every other job of the same table. */
export interface Job {
  readonly kernel: KernelName;
  readonly tasks: number;
  readonly args: readonly number[];
}

/** first task, end, kernel, args */
export const ROW: number = 3 + 7;
const ROW_BYTES = ROW * 4;

/** Exports `jobs(task, lane, table)`. */
export function defineJobs(builder: ModuleBuilder, kernels: Readonly<Record<KernelName, Kernel>>): void {
  builder.define('jobs', ['i32', 'i32', 'i32'], 'none', (f, task, lane, at) => {
    f.while(i32.ge_u(task, i32.load(at, 4)), () => f.advance(at, ROW_BYTES));
    const own: Local<'i32'> = f.let(i32.sub(task, i32.load(at)));
    const kernel = f.let(i32.load(at, 8));
    KERNELS.forEach((name, number) => {
      const args = Array.from({ length: ARGUMENTS[name] }, (_, a) => i32.load(at, 12 + a * 4));
      f.if(i32.eq(kernel, number), () => f.do(kernels[name](own, lane, ...args)));
    });
  });
}
