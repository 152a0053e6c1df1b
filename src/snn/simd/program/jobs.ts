/**
 * @file Tasks of several kernels and layers as one parallel for: a table in the heap gives the job of each task number, so
 * that all of them together cost one barrier.
 */
import { defineTask, i32, type ModuleBuilder, type NamedCall } from '../../../kernels/assembler/assembler.ts';
import {
  type Arguments,
  JOB_HEADER,
  JOB_WORDS,
  KERNEL_NAMES,
  KERNELS,
  type KernelName,
} from './layouts/jobs.ts';

export type Kernel<K extends KernelName> = NamedCall<Arguments<K> | 'task' | 'lane'>;
export type Kernels = { readonly [K in KernelName]: Kernel<K> };

/** Exports `jobs(task, lane, table)`. */
export function defineJobs(builder: ModuleBuilder, kernels: Kernels): void {
  defineTask(builder, 'jobs', ['table'], (f, { task, lane, table: at }) => {
    f.while(i32.ge_u(task, i32.load(at, 4)), () => f.advance(at, 4 * JOB_WORDS));
    const own = f.let(i32.sub(task, i32.load(at)));
    const kernel = f.let(i32.load(at, 8));
    KERNEL_NAMES.forEach((name, number) => {
      const args = KERNELS[name].map((argument, a) => [argument, i32.load(at, 4 * (JOB_HEADER + a))]);
      const call = kernels[name] as NamedCall<string>;
      f.if(i32.eq(kernel, number), () => f.do(call({ task: own, lane, ...Object.fromEntries(args) })));
    });
  });
}
