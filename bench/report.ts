/** @file The JSON that a benchmark run writes. */
import type { Machine } from '../src/report/result.ts';
import type { EventFigures } from './events/suite.ts';
import type { FolderFigures } from './folders/suite.ts';
import type { KernelFigures } from './kernels/figures.ts';
import type { SuiteName } from './options.ts';
import type { PeerFound } from './peers/find.ts';
import type { QueueFigures } from './queue/suite.ts';
import type { StepFigures } from './steps/suite.ts';
import type { VerifyFigures } from './verify/suite.ts';

export interface BenchReport {
  readonly suite: SuiteName;
  readonly date: string;
  /** With the load average of the last minute before the run: on a busy machine trust ratios only. */
  readonly machine: Machine & { readonly loadBefore: number };
  readonly versions: Readonly<Record<string, string>>;
  readonly options: {
    readonly rounds: number;
    readonly seconds: number;
    readonly threads: readonly number[];
    readonly only: string | null;
    readonly quick: boolean;
  };
  readonly peers: readonly PeerFound[];
  /** How the peers were run, where that is not plain. */
  readonly notes: readonly string[];
  readonly figures: KernelFigures | EventFigures | FolderFigures | StepFigures | VerifyFigures | QueueFigures;
}
