/**
 * @file The options that every command takes.
 */
import { availableParallelism } from 'node:os';
import { MAX_LANES } from '../memory/mailbox.ts';
import { choice, fileOrOutput, flag, integer, type Option, text } from './options.ts';

export type CommonOptions = {
  readonly data: Option<string | null>;
  readonly json: Option<string | null>;
  readonly kernels: Option<'simd' | 'reference'>;
  readonly workers: Option<number>;
  readonly deterministic: Option<boolean>;
  readonly seed: Option<number>;
  readonly quiet: Option<boolean>;
  readonly help: Option<boolean>;
};

export const COMMON_OPTIONS: CommonOptions = {
  data: text('DIR', 'where data sets lie; then $STRELU_DATASETS, then datasets/'),
  json: fileOrOutput(
    'also write the result as JSON; -: to standard output, and the tables to standard error',
  ),
  kernels: choice(['simd', 'reference'], 'simd', 'WebAssembly SIMD, or plain loops'),
  workers: integer(
    Math.min(availableParallelism(), MAX_LANES),
    'threads; the results do not depend on it',
    1,
    MAX_LANES,
    `number of processors, ${MAX_LANES} at most`,
  ),
  deterministic: flag(
    'the same bits on every runtime and processor: no fused multiply-adds (slower where there are any)',
  ),
  seed: integer(1, 'seed of everything random', 0, 2 ** 32 - 1),
  quiet: flag('no progress on standard error'),
  help: flag('show this help'),
};
