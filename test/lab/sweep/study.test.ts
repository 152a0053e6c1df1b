/** @file Studies as files say them: what is read, what is refused, and the jobs that come of them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Facts, type Job, jobsOf } from '../../../src/lab/sweep/jobs.ts';
import { parseStudy } from '../../../src/lab/sweep/read-study.ts';
import { settingsOf } from '../../../src/lab/sweep/settings.ts';
import { studySchema } from '../../../src/lab/sweep/study-schema.ts';
import { misfits } from '../../support/fits-schema.ts';
import { SOURCE_FOLDER } from '../../support/source-folder.ts';

const TRAIN = { name: 'train', command: 'train' };
const CONVERT = { name: 'convert', command: 'convert', after: 'train' };
const FACTS: Facts = { version: '1', digestOf: async () => ({}) };
const jobs = (stages: readonly object[], facts = FACTS): Promise<Job[]> =>
  jobsOf(parseStudy({ name: 'study', stages }, 'study.json'), facts);

test('what is wrong is named by stage and field', () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [[], /stages should have at least one stage/],
    [[{ ...TRAIN, grid: { seed: [] } }], /stages\[0\]: grid: seed should be a list of at least one/],
    [
      [{ ...TRAIN, grid: { seed: [1, null] } }],
      /seed\[1\] should be text, number, true or false, found null/,
    ],
    [[{ ...TRAIN, list: [] }], /list should have at least one setting/],
    [[{ ...TRAIN, sed: 1 }], /stages\[0\]: unknown field "sed"/],
    [[{ ...TRAIN, command: 'demo' }], /command should be one of train, convert, simulate, verify/],
    [[TRAIN, TRAIN], /stage train: expected another name/],
    [[CONVERT], /after should be an earlier stage, found "train"/],
    [[{ ...TRAIN, after: 'train' }], /after should be an earlier stage/],
    [[TRAIN, { ...CONVERT, after: [] }], /convert expected to come after stages of train, found none/],
    [
      [TRAIN, { ...CONVERT, command: 'simulate' }],
      /simulate expected to come after stages of convert, found train/,
    ],
    [[{ ...TRAIN, options: { out: 'x' } }], /out is set by the sweep/],
    [
      [{ ...TRAIN, random: { samples: 1, options: { lr: { from: 0, to: 1, log: true } } } }],
      /from should be above 0 with log/,
    ],
    [
      [{ ...TRAIN, random: { samples: 1, options: { lr: { from: 2, to: 1 } } } }],
      /to should be a number from 2/,
    ],
    [[{ ...TRAIN, random: { samples: 1e9, options: {} } }], /samples should be at most/],
    [[{ ...TRAIN, random: { samples: 2, options: {} } }], /random: options should have at least one/],
    [
      [{ ...TRAIN, options: { seed: 5 }, grid: { seed: [1, 2] } }],
      /stage train: seed expected in one place, found in options and in grid, .*; leave it out of one/,
    ],
    [
      [{ ...TRAIN, grid: { lr: [1] }, list: [{ lr: 2 }, {}] }],
      /lr expected in one place, found in grid and in list/,
    ],
    [
      [{ ...TRAIN, options: { lr: 1 }, random: { samples: 1, options: { lr: [2] } } }],
      /lr expected in one place, found in options and in random/,
    ],
    [
      [{ ...TRAIN, options: { lr: 1 }, list: [{ lr: 2 }, { lr: 3 }] }],
      /lr expected in one place, found in options and in every entry of list/,
    ],
    [
      [{ ...TRAIN, where: { 'train.seed': 1 } }],
      /stage train: where expected a stage that comes after others, found one of train; leave it out/,
    ],
    [
      [
        { ...TRAIN, grid: { activation: ['strelu'] } },
        { ...CONVERT, where: { 'train.activatoin': 'strelu' } },
      ],
      /stage convert: where expected what varies .* found "train.activatoin"; did you mean train.activation\?/,
    ],
    [[TRAIN, { ...CONVERT, where: { 'train.seed': 1 } }], /found "train.seed"; nothing varies there/],
  ];
  for (const [stages, message] of cases)
    assert.throws(() => parseStudy({ name: 'study', stages }, 'study.json'), message);
  assert.throws(() => parseStudy({ name: '../up', stages: [TRAIN] }, 'study.json'), /name should be letters/);
  const repeat = (name: string, stage: object) =>
    parseStudy({ name: 's', repeat: [name], stages: [stage] }, 'study.json');
  assert.throws(
    () => repeat('epoch', { ...TRAIN, grid: { epochs: [1, 2] } }),
    /study.json: repeat expected an option that varies in a stage, found "epoch"; did you mean epochs\?/,
  );
  assert.deepEqual(repeat('epochs', { ...TRAIN, grid: { epochs: [1, 2] } }).repeat, ['epochs']);
  assert.deepEqual(repeat('seed', TRAIN).repeat, ['seed']);
  // an entry of a list may differ from the rest
  parseStudy({ name: 's', stages: [{ ...TRAIN, options: { lr: 1 }, list: [{ lr: 2 }, {}] }] }, 'study.json');
  assert.throws(() => parseStudy([], 'study.json'), /study.json: expected a JSON object/);
});

test('a grid, a list and random samples: each with each, drawn alike from the same seed, within their bounds', () => {
  const options = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.array(fc.integer(), { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(
      options,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 9 }),
      (grid, samples, seed) => {
        const random = {
          ...{ samples, seed },
          options: {
            x: { from: 1e-4, to: 1, log: true },
            n: { from: 2, to: 5, whole: true },
            word: ['half', 'full'],
          },
        };
        const list = [{ l: 1 }, { l: 2 }];
        const [stage] = parseStudy({ name: 's', stages: [{ ...TRAIN, grid, list, random }] }, 's').stages;
        const settings = settingsOf(stage!);
        const product = Object.values(grid).reduce((all, values) => all * values.length, 1);
        assert.equal(settings.length, product * 2 * samples);
        assert.deepEqual(settingsOf(stage!), settings);
        for (const { x, n, word, l } of settings) {
          assert.ok(Number(x) >= 1e-4 * 0.999 && Number(x) <= 1.001);
          assert.ok(Number.isInteger(n) && Number(n) >= 2 && Number(n) <= 5);
          assert.ok(['half', 'full'].includes(String(word)) && [1, 2].includes(Number(l)));
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a job is its hash: of all that decides it, in whatever order it is written; equal jobs are one', async () => {
  const grid = { seed: [1, 2], activation: ['strelu', 'trelu'] };
  const [one, other] = await Promise.all([
    jobs([{ ...TRAIN, options: { epochs: 1, width: 0.5 }, grid }, CONVERT]),
    jobs([{ grid, options: { width: 0.5, epochs: 1 }, ...TRAIN }, CONVERT]),
  ]);
  assert.deepEqual(
    one.map(({ id }) => id),
    other.map(({ id }) => id),
  );
  assert.equal(new Set(one.map(({ id }) => id)).size, 8);
  for (const { parent, stage } of one) assert.equal(parent === null, stage === 'train');
  const changed: Facts[] = [
    { ...FACTS, version: '2' },
    { ...FACTS, digestOf: async () => ({ dataset: 'other' }) },
  ];
  for (const facts of changed) {
    const ids = (await jobs([{ ...TRAIN, options: { epochs: 1, width: 0.5 }, grid }, CONVERT], facts)).map(
      ({ id }) => id,
    );
    assert.ok(ids.every((id) => one.every((job) => job.id !== id)));
  }
  assert.equal((await jobs([{ ...TRAIN, list: [{ seed: 1 }, { seed: 1 }] }])).length, 1);
});

test('a stage comes after several, and only where the earlier setting fits', async () => {
  const all = await jobs([
    { ...TRAIN, grid: { activation: ['strelu', 'trelu'], seed: [1, 2] } },
    { ...CONVERT, name: 'ours', where: { 'train.activation': 'strelu' }, grid: { neuron: ['half', 'full'] } },
    { ...CONVERT, name: 'other', where: { 'train.activation': 'trelu' }, options: { method: 'trelu' } },
    { name: 'simulate', command: 'simulate', after: ['ours', 'other'] },
  ]);
  const count = (stage: string): number => all.filter((job) => job.stage === stage).length;
  assert.deepEqual(['train', 'ours', 'other', 'simulate'].map(count), [4, 4, 2, 6]);
  for (const { parent, setting } of all.filter(({ stage }) => stage === 'simulate')) {
    assert.equal(setting['train.activation'], parent!.stage === 'ours' ? 'strelu' : 'trelu');
    assert.ok(all.indexOf(parent!) >= 0);
  }
});

test('a stage without a job, and more jobs than a machine could list, are refused before any is made', async () => {
  await assert.rejects(
    jobs([
      { ...TRAIN, grid: { seed: [1] } },
      { ...CONVERT, where: { 'train.seed': 7 } },
    ]),
    /stage convert: where should fit a job before it, found none with \{"train.seed":7\}/,
  );
  const values = Array.from({ length: 100 }, (_, i) => i);
  const grid = Object.fromEntries(
    ['seed', 'epochs', 'batch-size', 'crop', 'cutout'].map((name) => [name, values]),
  );
  await assert.rejects(
    jobs([{ ...TRAIN, grid }]),
    /stage train: expected at most 100000 jobs in all, found 10000000000;/,
  );
});

test('the published schema is that of the reader', async () => {
  const text = await readFile(new URL('lab/sweep/study.schema.json', SOURCE_FOLDER), 'utf8');
  assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(studySchema())));
});

test('the studies of the guide fit the published schema, and the reader takes them; what the reader refuses of its form does not fit', async () => {
  const guide = await readFile(new URL('../docs/guide/studies.md', SOURCE_FOLDER), 'utf8');
  const studies = [...guide.matchAll(/^```json[^\n]*\n(.*?)^```/gms)].map(([, text]) => JSON.parse(text!));
  assert.ok(studies.length >= 2);
  for (const study of studies) {
    assert.deepEqual(misfits(study, studySchema()), []);
    assert.equal(parseStudy(study, 'studies.md').name, study.name);
  }
  const wrong: readonly object[] = [
    { stages: [TRAIN] },
    { name: '../up', stages: [TRAIN] },
    { name: 's', stages: [] },
    { name: 's', stages: [{ ...TRAIN, sed: 1 }] },
    { name: 's', stages: [{ ...TRAIN, command: 'demo' }] },
    { name: 's', stages: [{ ...TRAIN, grid: { seed: [] } }] },
    { name: 's', stages: [{ ...TRAIN, grid: { seed: [null] } }] },
    { name: 's', stages: [{ ...TRAIN, shards: 0 }] },
    { name: 's', stages: [{ ...TRAIN, random: { samples: 0, options: {} } }] },
    { name: 's', stages: [{ ...TRAIN, random: { samples: 1, options: { lr: { from: 1 } } } }] },
  ];
  for (const study of wrong) {
    assert.notDeepEqual(misfits(study, studySchema()), [], JSON.stringify(study));
    assert.throws(() => parseStudy(study, 's'), JSON.stringify(study));
  }
});

test('a job that two stages have is refused by both their names, as another stage would wait for ever for its own', async () => {
  const seeds = (name: string, ...seed: number[]) => ({ ...TRAIN, name, grid: { seed } });
  await assert.rejects(
    jobs([seeds('a', 1, 2), seeds('b', 2, 3)]),
    /stage b: a job that stage a has too: train \{"b\.seed":2\}; leave it out of one of them/,
  );
  assert.equal((await jobs([seeds('a', 1, 1), seeds('b', 2, 3)])).length, 3);
});

test('more shards than images are refused before a job begins', async () => {
  const simulate = { name: 'simulate', command: 'simulate', after: 'convert', options: { limit: 5 } };
  await assert.rejects(
    jobs([TRAIN, CONVERT, { ...simulate, shards: 8 }]),
    /stage simulate: shards: expected at most as many as images, 5, found 8/,
  );
});
