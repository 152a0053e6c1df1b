/** @file The runtime that the options of every command describe. */
import { createRuntime, type KernelSet, type Runtime } from '../../runtime.ts';

/** Close it at the end of the command. */
export function openRuntime(options: {
  readonly kernels: KernelSet;
  readonly workers: number;
  readonly deterministic: boolean;
}): Runtime {
  const { kernels, workers, deterministic } = options;
  return createRuntime({ kernels, workers, deterministic });
}
