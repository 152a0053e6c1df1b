/**
 * @file One change to the training: the network that it gives, and the spiking network made of that.
 */
import { join } from 'node:path';
import type { Dataset } from '../../src/data/dataset.ts';
import {
  convertNetwork,
  type NetworkFile,
  openOrTrain,
  simulateSteps,
  type TrainingRun,
} from '../../src/lab/index.ts';
import { labelled, type Progress } from '../../src/progress.ts';
import type { ByStep } from '../../src/report/by-step.ts';
import type { Runtime } from '../../src/runtime.ts';
import type { Change } from './changes.ts';

export interface Study {
  readonly runtime: Runtime;
  /** The run that the changes are made to. */
  readonly common: TrainingRun;
  /** Where networks are kept. */
  readonly folder: string;
  /** Where data sets are looked for first. */
  readonly directory: string | undefined;
  /** Test images for the spiking networks. */
  readonly test: Dataset;
  readonly steps: readonly number[];
  readonly progress: Progress;
}

export interface Measured {
  /** Percent, of the trained network on all test images, and of the spiking one by T. */
  readonly ann: number;
  readonly snn: ByStep;
  /** Up to the last T. */
  readonly spikesPerNeuron: number;
}

export async function measureChange(study: Study, change: Change): Promise<Measured> {
  const { runtime, directory, test, steps } = study;
  const progress = labelled(study.progress, change.id);
  const { network } = await trainedNetwork(study, change, progress);
  const method = change.method ?? 'strelu';
  const { snn } = await convertNetwork(network, { method, calibration: { runtime, directory } });
  const { report } = await simulateSteps(snn, test, { steps, engine: 'products', runtime, progress });
  return {
    ann: Number(network.provenance.accuracy),
    snn: report.snn.accuracy,
    spikesPerNeuron: report.spikes.perNeuron[steps.at(-1)!]!,
  };
}

/** The network of an earlier study, or trained now. */
async function trainedNetwork(
  { runtime, common, folder, directory }: Study,
  { id, run, teacher }: Change,
  progress: Progress,
): Promise<NetworkFile> {
  const file = (name: string): string => join(folder, `${name}.safetensors`);
  const out = file(id);
  const own = { ...common, ...run, ...(teacher !== undefined && { teacher: file(teacher) }) };
  const { file: found } = await openOrTrain({ runtime, run: own, out, directory, progress });
  return found;
}
