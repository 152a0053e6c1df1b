/**
 * @file What decides the bits of a training besides its run: the images, and what computes. A checkpoint keeps it, and a run that is
 * resumed with something else is refused, or told what that means.
 */
import type { Dataset } from '../../data/dataset.ts';
import { InputError, UsageError } from '../../errors.ts';
import { fuses } from '../../kernels/assembler/features.ts';
import type { KernelSet, Runtime } from '../../runtime.ts';
import { datasetDigest } from '../dataset-digest.ts';

export interface RunBits {
  readonly kernels: KernelSet;
  readonly deterministic: boolean;
  /** Products and sums are fused: the runtime can, and the bits need not be those of every other one. */
  readonly fused: boolean;
  /** SHA-256 of the images and labels. */
  readonly train: string;
  readonly test: string;
}

export function bitsOf(
  { kernels, team }: Runtime,
  data: { readonly train: Dataset; readonly test: Dataset },
): RunBits {
  return {
    kernels: kernels.name,
    deterministic: team.deterministic,
    fused: kernels.name === 'simd' && fuses(team),
    train: datasetDigest(data.train),
    test: datasetDigest(data.test),
  };
}

/**
 * @param before of the checkpoint
 * @param now of the process that resumes it
 * @returns what a user should know; null: the bits will be those of a run that was never stopped
 * @throws InputError for other images; UsageError for other kernels
 */
export function compareBits(before: RunBits, now: RunBits): string | null {
  for (const [split, words] of [
    ['train', 'training'],
    ['test', 'test'],
  ] as const)
    if (before[split] !== now[split])
      throw new InputError(
        `${words} images: expected those that the run began with (SHA-256 ${before[split]}), found others (${now[split]}); put them back, or begin a new run`,
      );
  if (before.kernels !== now.kernels || before.deterministic !== now.deterministic)
    throw new UsageError(
      `resuming: expected the runtime that the run began with, ${runtimeWords(before)}, found ${runtimeWords(now)}`,
    );
  if (before.fused === now.fused) return null;
  return `this runtime ${now.fused ? 'fuses products and sums' : 'has no fused multiply-adds'}, and the run began on one that ${before.fused ? 'has them' : 'has none'}: the last bits of the network will differ from those of a run that was never stopped`;
}

const runtimeWords = ({ kernels, deterministic }: RunBits): string =>
  `kernels ${kernels}${deterministic ? ', deterministic' : ', not deterministic'}`;
