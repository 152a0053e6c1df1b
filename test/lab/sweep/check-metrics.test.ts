/** @file Figures that a study asks for: those of its last stages, at steps that they have; what is near is named. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SIMULATION_OPTIONS } from '../../../src/cli/options/simulation.ts';
import { checkMetrics } from '../../../src/lab/sweep/check-metrics.ts';
import { figureNames, isFigure } from '../../../src/lab/sweep/figure-names.ts';
import { jobsOf } from '../../../src/lab/sweep/jobs.ts';
import { parseStudy } from '../../../src/lab/sweep/read-study.ts';
import { STAGE_COMMANDS } from '../../../src/lab/sweep/study.ts';

const TRAIN = { name: 'train', command: 'train' };
const CONVERT = { name: 'convert', command: 'convert', after: 'train' };
const SIMULATE = { name: 'simulate', command: 'simulate', after: 'convert' };

async function check(metric: string, ...stages: object[]): Promise<void> {
  const study = parseStudy({ name: 's', metrics: [metric], stages }, 'study.json');
  const { fallback, parse } = SIMULATION_OPTIONS.steps;
  const most = new Map<string, number>();
  for (const { stage, options } of await jobsOf(study, { version: '1', digestOf: async () => ({}) })) {
    const steps = options.steps === undefined ? fallback : parse(String(options.steps));
    most.set(stage, Math.max(...steps, most.get(stage) ?? 1));
  }
  checkMetrics(study, most, 'study.json');
}

test('what a last stage can have is taken, at every step up to its most; anything else is refused by name', async () => {
  const stages = [TRAIN, CONVERT, { ...SIMULATE, grid: { steps: ['1,2', '1,16'] } }];
  for (const name of [
    'snn.accuracy.1',
    'snn.accuracy.16',
    'overload.conv1.relu',
    'energy.loihi.snnJoule.3',
    'images',
  ])
    await check(name, ...stages);
  await check('snn.accuracy.8', TRAIN, CONVERT, SIMULATE);
  await check('ann.accuracy', TRAIN);
  await check('train.ann.accuracy', ...stages);
  const verify = { ...SIMULATE, name: 'verify', command: 'verify', options: { steps: 4 } };
  await check('laws.broken', TRAIN, CONVERT, SIMULATE, verify);
  for (const [name, message] of [
    ['snn.accuracy.17', /found snn\.accuracy\.17; stage simulate has the steps 1 to 16/],
    ['snn.accuracy.0', /found snn\.accuracy\.0; did you mean snn\.accuracy\.16/],
    ['snn.accuracy', /did you mean .*snn\.accuracy\.16/],
    ['energy.loihi.snnJuole.3', /did you mean energy\.loihi\.snnJoule\.16/],
    [
      'train.imagesPerSecond',
      /metrics: expected a figure of simulate, or train\.FIGURE, convert\.FIGURE, found train\.imagesPerSecond/,
    ],
    ['laws.broken', /expected a figure of simulate/],
    ['train.ann.acuracy', /did you mean train\.ann\.accuracy/],
    ['convert.ann.accuracy', /expected a figure of simulate/],
    ['a name with blanks', /found "a name with blanks"/],
  ] as const)
    await assert.rejects(check(name, ...stages), message);
});

test('no name stands for another by a word that is left', () => {
  for (const command of STAGE_COMMANDS)
    for (const name of figureNames(command)) {
      assert.doesNotMatch(name, /ESTIMATOR|MEMORY|ANN\b/);
      assert.ok(isFigure(command, name.replace(/\.T$/, '.3').replace(/LAYER$/, 'conv1'), 3), name);
      if (name.endsWith('.T')) assert.ok(!isFigure(command, name.replace(/\.T$/, '.4'), 3), name);
    }
});
