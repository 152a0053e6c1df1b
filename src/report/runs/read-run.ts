/**
 * @file One result file as the run that a report shows; files of other commands are refused by name.
 */

import type { ConversionReport } from '../../convert/conversion-report.ts';
import type { LayerReport } from '../../convert/layer-report.ts';
import { InputError } from '../../errors.ts';
import { brief } from '../../format/fields.ts';
import { parseJson } from '../../format/parse-json.ts';
import type { ProfileRow } from '../../kernels/profile.ts';
import type { Square } from '../../nn/map-window.ts';
import type { EpochSummary } from '../../train/checkpoint.ts';
import type { Advice, LayerAdvice } from '../advice.ts';
import type { ProfileResult } from '../profile-table.ts';
import type { LawResult, LayerLoss, Stage } from '../verification-report.ts';
import { anatomy, histogram } from './anatomy-reader.ts';
import { comparison, energy, MOST_LAYERS, operations, someRaster } from './comparison-reader.ts';
import { checkBeside, overSeeds } from './over-seeds-reader.ts';
import {
  amount,
  byKey,
  byStep,
  count,
  fields,
  finite,
  flag,
  list,
  number,
  optional,
  orNull,
  type Reader,
  text,
  whole,
} from './reader.ts';
import type {
  AdviseRun,
  CompareRun,
  ConvertRun,
  Run,
  RunOrigin,
  SimulateRun,
  SweepRun,
  TrainRun,
  VerifyRun,
} from './run.ts';
import { studyOutcome } from './study-reader.ts';

/** Places times kernels, far beyond any network that is trained here. */
const MOST_PROFILED = 10_000;

type Own<R extends Run> = Omit<R, keyof RunOrigin | 'command'>;

/** One number for both directions, or each for itself. */
const square: Reader<Square> = (value, place) => {
  if (!Array.isArray(value)) return count(value, place);
  const [vertical, horizontal] = list(count, 2, 2)(value, place);
  return [vertical!, horizontal!];
};

const accuracy = fields<{ readonly accuracy: number }>({ accuracy: number });

const profile = fields<ProfileResult>({
  seconds: amount,
  rows: list(
    fields<ProfileRow>({
      direction: text as Reader<ProfileRow['direction']>,
      layer: text,
      kernel: text,
      calls: whole,
      seconds: amount,
    }),
    0,
    MOST_PROFILED,
  ),
});

const train = fields<Own<TrainRun>>({
  ann: accuracy,
  profile: optional(profile),
  train: fields<TrainRun['train']>({
    imagesPerSecond: number,
    curve: list(
      fields<EpochSummary>({
        epoch: count,
        loss: number,
        trainAccuracy: number,
        testAccuracy: number,
        imagesPerSecond: number,
      }),
    ),
  }),
});

const advise = fields<Own<AdviseRun>>({
  advice: fields<Advice>({
    method: text,
    neuron: text,
    layers: list(
      fields<LayerAdvice>({
        name: text,
        activation: text,
        exact: flag,
        theta: finite,
        clipped: number,
        reach: number,
        says: text,
      }),
      0,
      MOST_LAYERS,
    ),
    images: count,
    annAccuracy: number,
    snnAccuracy: byStep(number),
    tolerance: number,
    steps: orNull(count),
    energyRatio: orNull(number),
  }),
});

const convert = fields<Own<ConvertRun>>({
  conversion: fields<ConversionReport>({
    method: text,
    source: text,
    neuron: text,
    initialPotential: finite,
    calibrationImages: optional(count),
    calibrationSteps: optional(count),
    layers: list(
      fields<LayerReport>({
        name: text,
        shape: list(count, 3, 3) as Reader<LayerReport['shape']>,
        theta: orNull(fields({ min: finite, max: finite, count })),
        foldedFrom: list(text),
        synapses: list(
          fields<LayerReport['synapses'][number]>({
            kind: text as Reader<LayerReport['synapses'][number]['kind']>,
            from: text,
            pool: square,
            maxPool: optional(square),
            weights: whole,
          }),
        ),
        moved: fields({ count: whole, largest: finite }),
        bias: fields({ count: whole, largest: finite }),
      }),
    ),
    removed: list(text),
  }),
});

const simulate = fields<Own<SimulateRun>>({
  ann: optional(accuracy),
  profile: optional(profile),
  snn: fields<SimulateRun['snn']>({
    accuracy: byStep(number),
    mismatches: optional(number),
    mismatchesByStep: optional(byStep(number)),
    reference: optional(text),
  }),
  spikes: fields<SimulateRun['spikes']>({ perNeuron: byStep(number), density: byKey(list(number)) }),
  operations,
  energy,
  latency: optional(byStep(number)),
  raster: someRaster,
});

const verify = fields<Own<VerifyRun>>({
  laws: list(
    fields<LawResult>({ id: text, says: text, cases: number, holds: flag, worst: number, bound: number }),
  ),
  stages: list(fields<Stage>({ name: text, accuracy: number, lost: number, changed: number })),
  layers: list(
    fields<LayerLoss>({
      name: text,
      correlation: number,
      error: number,
      bias: number,
      otherCount: number,
      histogram,
      anatomy,
    }),
    0,
    MOST_LAYERS,
  ),
  images: count,
});

const compareFields = fields<Own<CompareRun>>({ comparison, overSeeds: optional(overSeeds) });
const compare: Reader<Own<CompareRun>> = (value, place) => {
  const read = compareFields(value, place);
  if (read.overSeeds) checkBeside(read.overSeeds, read.comparison, `${place}: overSeeds`);
  return read;
};

const sweep = fields<Own<SweepRun>>({ sweep: studyOutcome });

const OWN: { readonly [C in Run['command']]: Reader<Own<Extract<Run, { command: C }>>> } = {
  train,
  advise,
  convert,
  simulate,
  verify,
  compare,
  sweep,
};

/** The commands whose results can be reported. */
export const REPORTED: readonly string[] = Object.keys(OWN);

const origin = fields<Omit<RunOrigin, 'name' | 'file'>>({
  version: text,
  config: (value, place) => byKey<unknown>((one) => one)(value, place),
  machine: fields<RunOrigin['machine']>({ processor: text, cores: count, runtime: text }),
  seconds: number,
});

/**
 * @param content the text of `file`
 * @param name what the report is to call the run
 * @throws InputError naming the file and what is wrong with it
 */
export function readRun(content: string, file: string, name: string): Run {
  const value = parseJson(content, (fact) => {
    throw new InputError(`${file}: expected a result file (JSON), found something else: it ${fact}`, {
      code: 'result-unreadable',
    });
  });
  const { command } = fields<{ command: string }>({ command: text })(value, file);
  if (!Object.hasOwn(OWN, command))
    throw new InputError(
      `${file}: expected a result of ${REPORTED.join(', ')}, found one of ${brief(command)}; there is nothing to report of it`,
    );
  const own = OWN[command as Run['command']](value, file);
  return { ...own, ...origin(value, file), command, name, file } as Run;
}
