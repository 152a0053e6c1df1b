/** @file A finished course: what it cost, and what its network answers to all test images. */
import { basename } from 'node:path';
import { InputError } from '../../src/errors.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { networkPath } from '../../src/io/pretrained.ts';
import {
  openNetwork,
  openNetworkDataset,
  recipeRun,
  TRAINING_DEFAULTS,
  trainCommand,
} from '../../src/lab/index.ts';
import { presentWords } from '../../src/lab/training/former-names.ts';
import { fieldsOf } from '../../src/lab/training/run-record.ts';
import { activationLayers } from '../../src/nn/activation-layers.ts';
import { summarise, totals } from '../../src/nn/summary.ts';
import { withModel } from '../../src/nn/trained-network.ts';
import { wilsonInterval } from '../../src/report/interval.ts';
import { packRight } from '../../src/report/right-answers.ts';
import type { Runtime } from '../../src/runtime.ts';
import { type Evaluation, evaluate } from '../../src/train/evaluate.ts';
import { leavesGrid } from '../results/measure.ts';
import { type Course, operationsOf } from './operations.ts';
import { courseName } from './seeds.ts';

const DATASET = 'cifar-10';

export interface MeasuredCourse {
  /** Of the recipe, with its seed where that is another, or of the file. */
  readonly name: string;
  readonly dataset: string;
  readonly activation: string;
  /** The command that trained it. */
  readonly command: string;
  /** Multiply-accumulates of one image. */
  readonly macs: number;
  /** Floating-point operations of the training, what it went on from included. */
  readonly operations: number;
  /** Percent of the test images, on the training grid where there is one; nothing is averaged over views of them. */
  readonly accuracy: number;
  /** The same weights off that grid. Absent: there is none, or they were not measured. */
  readonly continuous?: number;
  /** 95 %, Wilson's. */
  readonly interval: readonly [low: number, high: number];
  readonly images: number;
  /** Training images that were held out for choices; 0: earlier choices were made on test images. */
  readonly validation: number;
  /** Which images it puts into their class, `packRight`. Absent in files of before. */
  readonly right?: string;
}

/**
 * @param file a trained network, or pretrained:NAME
 * @throws InputError for a network of another data set, or one that does not say how it was trained
 */
export async function measureCourse(
  runtime: Runtime,
  file: string,
  directory: string | undefined,
): Promise<MeasuredCourse> {
  const { network } = await openNetwork(await networkPath(file));
  const { architecture, provenance } = network;
  if (provenance.dataset !== DATASET)
    throw new InputError(
      `${file}: expected a network that learned ${DATASET}, as the published courses, found one of ${provenance.dataset ?? 'no data set that it names'}; choose another`,
    );
  const run = courseOf(provenance, file);
  const asked = { directory, limit: undefined };
  const { dataset, name: learned } = await openNetworkDataset({ ...architecture, ...network }, 'test', asked);
  const { count } = await openDataset(learned, 'train', { directory });
  const { macs } = totals(summarise(architecture));
  const answer = (continuous: boolean): Evaluation =>
    withModel(runtime.heap, network, (model) =>
      evaluate(runtime, model, dataset, { fold: true, continuous }),
    );
  const { accuracy, predictions } = answer(false);
  const activations = activationLayers(architecture.layers);
  const leaves = activations.some(({ activation, levels }) => levels > 0 && leavesGrid(activation));
  return {
    ...{
      name: run.name,
      dataset: learned,
      activation: activations[0]?.activation ?? 'none',
    },
    ...{ command: trainCommand(provenance), macs, operations: operationsOf(run, macs, count) },
    ...{ accuracy, interval: wilsonInterval(accuracy, dataset.count), images: dataset.count },
    ...(leaves && { continuous: answer(true).accuracy }),
    ...{ validation: run.validation, right: packRight(predictions, dataset.labels) },
  };
}

/** The course that a network tells of: what it does not name has the default. */
function courseOf(
  provenance: Readonly<Record<string, unknown>>,
  file: string,
): Course & { readonly name: string } {
  const found = presentWords(provenance);
  if (typeof found.epochs !== 'number')
    throw new InputError(`${file}: expected the epochs that it was trained for, found none named in it`);
  const { recipe } = found;
  const usual = typeof recipe === 'string' ? recipeRun(recipe) : TRAINING_DEFAULTS;
  const own = { ...usual, ...fieldsOf(found) };
  const name =
    typeof recipe === 'string'
      ? courseName(recipe, own.seed, usual.seed)
      : basename(file, '.safetensors').replace('pretrained:', '');
  return { ...own, name };
}
