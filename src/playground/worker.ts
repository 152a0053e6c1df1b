/**
 * @file The worker: all of the work, so that the page only draws. Questions are answered in the order in which they come; a training
 * breathes between its steps, so that it can be stopped and looked at.
 */

import { accuracyOn } from './engine/accuracy.ts';
import { breakageOf } from './engine/breakage.ts';
import { checkLaws } from './engine/check-laws.ts';
import { gather } from './engine/data/gather.ts';
import { modelFile, nirFile, reportFile, snnFile } from './engine/download.ts';
import { openNetwork } from './engine/open-network.ts';
import { probeNeuron } from './engine/probe.ts';
import { runPicture } from './engine/run-picture.ts';
import { samplePicture } from './engine/sample.ts';
import { synapsesOf } from './engine/synapses.ts';
import { trainHere } from './engine/train-here.ts';
import { createWorkbench, type Workbench } from './engine/workbench.ts';
import type { Asked, Question, Questions, Told, TrainProgress } from './protocol.ts';

type Answers = {
  readonly [Q in Question]: (
    bench: Workbench,
    ask: Questions[Q]['ask'],
    tell: (progress: TrainProgress) => void,
  ) => Questions[Q]['answer'] | Promise<Questions[Q]['answer']>;
};

const ANSWERS: Answers = {
  open: openNetwork,
  run: (bench, { picture, settings }) => runPicture(bench, picture, settings),
  // A network that has just been opened has no run yet: what was asked of the one before it has no answer.
  check: (bench) => {
    const { run } = bench;
    if (!run) return null;
    return { laws: checkLaws(run, synapsesOf(run.sound)), breakage: breakageOf(bench, run) };
  },
  probe: ({ run }, { layer, index }) => (run ? probeNeuron(run, layer, index) : null),
  sample: (bench, { index }) => samplePicture(bench, index),
  gather,
  train: trainHere,
  stop: (bench) => {
    bench.training?.abort();
    return null;
  },
  accuracy: accuracyOn,
  download: (bench, { what }) => FILES[what](bench),
};

const FILES = { model: modelFile, snn: snnFile, nir: nirFile, report: reportFile } as const;

const bench = createWorkbench(new URL('lane.js', import.meta.url));
const send = (told: Told): void => globalThis.postMessage(told);

globalThis.addEventListener('message', async ({ data }: MessageEvent<Asked>) => {
  const { id, question, ask } = data;
  try {
    const answer = ANSWERS[question] as (
      bench: Workbench,
      ask: unknown,
      tell: (progress: TrainProgress) => void,
    ) => unknown;
    send({ id, answer: await answer(bench, ask, (progress) => send({ id, progress })) });
  } catch (error) {
    send({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
