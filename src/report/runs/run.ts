/**
 * @file What a report takes from result files, one shape for each command that it knows.
 */

import type { ConversionReport } from '../../convert/conversion-report.ts';
import type { EpochSummary } from '../../train/checkpoint.ts';
import type { Advice } from '../advice.ts';
import type { Comparison } from '../comparison.ts';
import type { ProfileResult } from '../profile-table.ts';
import type { Raster } from '../raster.ts';
import type { Machine } from '../result.ts';
import type { OverSeeds } from '../seeds/over-seeds.ts';
import type { SimulationFigures } from '../simulation-report.ts';
import type { VerificationReport } from '../verification-report.ts';
import type { StudyOutcome } from './study-reader.ts';

/** What every result has. */
export interface RunOrigin {
  /** Short, unique among the runs of a report. */
  readonly name: string;
  readonly file: string;
  readonly version: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly machine: Pick<Machine, 'processor' | 'cores' | 'runtime'>;
  readonly seconds: number;
}

export interface TrainRun extends RunOrigin {
  readonly command: 'train';
  readonly ann: { readonly accuracy: number };
  readonly train: { readonly imagesPerSecond: number; readonly curve: readonly EpochSummary[] };
  /** Of `train --profile`. */
  readonly profile?: ProfileResult;
}

export interface ConvertRun extends RunOrigin {
  readonly command: 'convert';
  readonly conversion: ConversionReport;
}

export interface SimulateRun extends RunOrigin, SimulationFigures {
  readonly command: 'simulate';
  readonly ann?: { readonly accuracy: number };
  /** Of `simulate --profile`. */
  readonly profile?: ProfileResult;
  readonly raster?: Raster;
}

export interface VerifyRun
  extends RunOrigin,
    Pick<VerificationReport, 'laws' | 'stages' | 'layers' | 'images'> {
  readonly command: 'verify';
}

export interface CompareRun extends RunOrigin {
  readonly command: 'compare';
  readonly comparison: Comparison;
  /** With several seeds; the comparison is then that of the first. */
  readonly overSeeds?: OverSeeds | undefined;
}

export interface SweepRun extends RunOrigin {
  readonly command: 'sweep';
  readonly sweep: StudyOutcome;
}

export interface AdviseRun extends RunOrigin {
  readonly command: 'advise';
  readonly advice: Advice;
}

export type Run = TrainRun | AdviseRun | ConvertRun | SimulateRun | VerifyRun | CompareRun | SweepRun;
