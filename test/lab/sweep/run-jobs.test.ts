/** @file Jobs in processes: what needs what, what fails, what is done again. The program here only writes down that it ran. */
import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { test } from 'node:test';
import { studyCsv } from '../../../src/lab/sweep/csv.ts';
import { resultFile } from '../../../src/lab/sweep/job-files.ts';
import { type Job, jobsOf } from '../../../src/lab/sweep/jobs.ts';
import { parseStudy } from '../../../src/lab/sweep/read-study.ts';
import { type JobOutcome, runJobs } from '../../../src/lab/sweep/run-jobs.ts';
import { measuredOf, studyTables } from '../../../src/lab/sweep/table.ts';
import { inFolder } from '../../support/in-folder.ts';

/** Fails for width 13; otherwise its accuracy is ten times its width and its seed. */
const PROGRAM = `
import { appendFileSync, writeFileSync } from 'node:fs';
const [log, ...words] = process.argv.slice(2);
const option = (name) => words.find((word) => word.startsWith('--' + name + '='))?.split('=')[1];
appendFileSync(log, words[0] + '\\n');
if (option('width') === '13') { console.error('a line\\nstrelu: conv1: no luck with 13'); process.exit(1); }
const accuracy = 10 * Number(option('width') ?? 0) + Number(option('seed') ?? 0);
writeFileSync(words[words.indexOf('--json') + 1], JSON.stringify({ seconds: 1, ann: { accuracy }, snn: { accuracy: { 8: accuracy } } }));
`;
const STUDY = parseStudy(
  {
    name: 'study',
    stages: [
      { name: 'train', command: 'train', grid: { width: [1, 2, 13], seed: [1, 2, 3] } },
      { name: 'convert', command: 'convert', after: 'train' },
      {
        name: 'simulate',
        command: 'simulate',
        after: 'convert',
        options: { width: 5 },
        grid: { seed: [4, 6] },
      },
    ],
  },
  'study.json',
);

async function inStudy(
  use: (
    run: (processes: number) => Promise<JobOutcome[]>,
    jobs: Job[],
    folder: string,
    log: () => Promise<number>,
  ) => Promise<void>,
): Promise<void> {
  await inFolder(async (path) => {
    await writeFile(path('program.mjs'), PROGRAM);
    await appendFile(path('log'), '');
    const jobs = await jobsOf(STUDY, { version: '1', digestOf: async () => ({}) });
    const before = 'Deno' in globalThis ? ['run', '--allow-all'] : [];
    const program: [string, ...string[]] = [process.execPath, ...before, path('program.mjs'), path('log')];
    const run = (processes: number): Promise<JobOutcome[]> =>
      runJobs({ jobs, folder: path('jobs'), program, processes });
    const log = async (): Promise<number> => (await readFile(path('log'), 'utf8')).split('\n').length - 1;
    await use(run, jobs, path('jobs'), log);
  });
}

test('what fails is named, what needs it is left out, the rest is done; the same for any number of processes', async () => {
  const told: unknown[] = [];
  for (const processes of [1, 4])
    await inStudy(async (run, jobs, folder) => {
      const outcomes = await run(processes);
      assert.deepEqual(
        outcomes.map(({ job }) => job.id),
        jobs.map(({ id }) => id),
      );
      const of = (stage: string, state: string): number =>
        outcomes.filter(({ job, state: found }) => job.stage === stage && found === state).length;
      assert.deepEqual([of('train', 'done'), of('train', 'failed'), of('convert', 'left out')], [6, 3, 3]);
      assert.deepEqual([of('simulate', 'done'), of('simulate', 'left out')], [12, 6]);
      for (const { job, state, error } of outcomes)
        if (state === 'failed') assert.equal(error, 'conv1: no luck with 13', job.stage);
      const measured = await measuredOf(folder, outcomes);
      const [table] = studyTables(STUDY, measured);
      assert.deepEqual([table!.varied, table!.metrics], [['train.width'], ['snn.accuracy.8']]);
      const [row] = table!.rows;
      assert.deepEqual([row!.setting, row!.figures['snn.accuracy.8']!.count], [{ 'train.width': 1 }, 6]);
      assert.equal(row!.figures['snn.accuracy.8']!.mean, 55); // 50 + the mean of 4 and 6
      // a training's own figure, in the rows of what came of it
      const [asked] = studyTables({ ...STUDY, metrics: ['train.ann.accuracy', 'snn.accuracy.8'] }, measured);
      assert.deepEqual(
        asked!.rows.map(({ figures }) => figures['train.ann.accuracy']!.count),
        asked!.rows.map(({ figures }) => figures['snn.accuracy.8']!.count),
      );
      told.push(table);
      const [head, first] = studyCsv(outcomes, measured).split('\r\n');
      assert.match(
        head!,
        /^stage,job,state,seconds,error,train.width,train.seed,simulate.seed,ann.accuracy,snn.accuracy.8$/,
      );
      assert.match(first!, /^train,[0-9a-f]{20},done,[\d.]+,,1,1,,11,11$/);
    });
  assert.deepEqual(told[0], told[1]);
});

test('a repeated run does only what is missing', async () => {
  await inStudy(async (run, jobs, folder, log) => {
    await run(3);
    const begun = await log();
    assert.equal(begun, 9 + 6 + 12);
    const again = await run(3);
    assert.equal(await log(), begun + 3, 'the three that failed are tried again');
    assert.ok(again.filter(({ state }) => state === 'done').every(({ earlier }) => earlier));
    const lost = jobs.find(({ stage }) => stage === 'simulate')!;
    await writeFile(resultFile(folder, lost), '{}');
    assert.equal((await readdir(folder)).length, 9 + 6 + 12);
  });
});

test('an abort ends the running jobs; what had ended stays', async () => {
  await inStudy(async (_, jobs, folder) => {
    const stop = new AbortController();
    const wait = 'setTimeout(() => {}, 60000)';
    const program: [string, ...string[]] = [process.execPath, 'Deno' in globalThis ? 'eval' : '--eval', wait];
    setTimeout(() => stop.abort(), 300);
    const outcomes = await runJobs({
      jobs,
      folder,
      program,
      processes: 2,
      signal: stop.signal,
      graceMs: 200,
    });
    assert.deepEqual(outcomes, []);
  });
});
