/**
 * @file What the file of a trained network tells of how it came about.
 */
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { packageVersion } from '../version.ts';
import { NO_SOURCES, type RunSources, sourcedRecord } from './saved-run.ts';
import type { TrainedRun } from './train-run.ts';
import type { TrainingRun } from './training-run.ts';

/** The version of this program, the run with the digests of what it built on, and the accuracies that it reached. */
export function provenanceOf(
  run: TrainingRun,
  trained: Pick<TrainedRun, 'accuracy' | 'flippedAccuracy'> & {
    readonly validationAccuracy?: number | undefined;
  },
  sources: RunSources = NO_SOURCES,
): TrainedNetwork['provenance'] {
  const { accuracy, flippedAccuracy, validationAccuracy } = trained;
  const facts = {
    ...{ version: packageVersion(), ...sourcedRecord(run, sources) },
    ...{ accuracy, flippedAccuracy, validationAccuracy },
  };
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known) as TrainedNetwork['provenance'];
}
