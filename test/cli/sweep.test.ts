/** @file A study from the command line: killed in the middle and run again, it comes to what an undisturbed one comes to. */
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isFigure } from '../../src/lab/sweep/figure-names.ts';
import type { Metrics } from '../../src/lab/sweep/metrics.ts';
import type { StageCommand } from '../../src/lab/sweep/study.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const STUDY = {
  name: 'neurons',
  stages: [
    {
      name: 'train',
      command: 'train',
      options: { limit: 128, 'test-limit': 40, epochs: 2, width: 0.5 },
      grid: { seed: [1, 2] },
    },
    { name: 'convert', command: 'convert', after: 'train', grid: { neuron: ['half', 'full'] } },
    { name: 'simulate', command: 'simulate', after: 'convert', options: { limit: 20, steps: '4' } },
  ],
};

/** The bytes of every network of a study's folder, by the job's folder. */
async function networks(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith('.safetensors'))
    .sort();
  return new Map(
    await Promise.all(
      files.map(async (name) => [name, await readFile(join(folder, name), 'latin1')] as const),
    ),
  );
}

test('killed at some moments and run again: the same networks and the same table', async () => {
  await inFolder(async (path) => {
    await writeFile(path('study.json'), JSON.stringify(STUDY));
    const words = ['sweep', path('study.json'), '--quiet'];
    const whole = await strelu([
      ...words,
      '--dir',
      path('whole'),
      '--json',
      path('whole.json'),
      '--jobs',
      '2',
    ]);
    assert.equal(whole.status, 0, whole.stderr);
    const dry = await strelu([...words, '--dir', path('whole'), '--dry-run']);
    assert.match(dry.stdout, /10 jobs, 10 of them done; nothing is left to do/);

    // a training that was killed between its result and the end of its checkpoint
    const before = await networks(path('whole'));
    const trained = [...before.keys()].find((name) => name.startsWith('train-'))!;
    await writeFile(join(path('whole'), dirname(trained), 'model.checkpoint.safetensors'), 'left');
    const nothing = await strelu([...words, '--dir', path('whole')]);
    assert.equal(nothing.status, 0, nothing.stderr);
    assert.deepEqual([...(await networks(path('whole'))).keys()], [...before.keys()]);

    for (const after of [1500, 3000])
      await strelu([...words, '--dir', path('killed'), '--jobs', '1'], {
        started: (kill) => void setTimeout(kill, after),
      });
    const again = await strelu([
      ...words,
      '--dir',
      path('killed'),
      '--json',
      path('killed.json'),
      '--jobs',
      '1',
    ]);
    assert.equal(again.status, 0, again.stderr);
    assert.deepEqual(await networks(path('killed')), await networks(path('whole')));
    const tables = async (name: string): Promise<unknown> =>
      (JSON.parse(await readFile(path(name), 'utf8')) as { sweep: { tables: unknown } }).sweep.tables;
    assert.deepEqual(await tables('killed.json'), await tables('whole.json'));
    assert.match(again.stdout, /convert\.neuron/);
  });
});

test('Ctrl-C: the status of the signal, nothing that was there is replaced, and the same command goes on', async () => {
  await inFolder(async (path) => {
    const [train] = STUDY.stages;
    const options = { ...train!.options, epochs: 400, limit: 512 };
    await writeFile(path('study.json'), JSON.stringify({ name: 'long', stages: [{ ...train, options }] }));
    for (const name of ['r.json', 'r.csv']) await writeFile(path(name), 'before');
    const words = [
      'sweep',
      path('study.json'),
      '--dir',
      path('jobs'),
      '--json',
      path('r.json'),
      '--csv',
      path('r.csv'),
    ];
    const stopped = await strelu([...words, '--jobs', '1'], { interruptAt: 'of them done' });
    assert.equal(stopped.status, 130, stopped.stderr);
    assert.match(stopped.stderr, /interrupted; the same command goes on with /);
    assert.equal(stopped.stdout, '');
    for (const name of ['r.json', 'r.csv']) assert.equal(await readFile(path(name), 'utf8'), 'before');
  });
});

test('a source that is not there is refused before a job begins', async () => {
  await inFolder(async (path) => {
    const stages = [{ name: 'train', command: 'train', options: { from: path('nope.safetensors') } }];
    await writeFile(path('study.json'), JSON.stringify({ name: 'lost', stages }));
    const refused = await strelu(['sweep', path('study.json'), '--dir', path('jobs'), '--dry-run']);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /nope\.safetensors: cannot be read \(no such file\); a job has it as from/);
  });
});

test('a wrong option of any stage is refused before a job begins', async () => {
  await inFolder(async (path) => {
    const stages = [{ name: 'train', command: 'train', grid: { epoch: [1] } }];
    await writeFile(path('study.json'), JSON.stringify({ name: 'wrong', stages }));
    const refused = await strelu(['sweep', path('study.json'), '--dir', path('jobs')]);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /stage train: unknown option --epoch; did you mean --epochs/);
    assert.deepEqual((await readdir(path('.'))).sort(), ['study.json']);
  });
});

test('a figure that no result has is refused by name, with the nearest one, before a job begins', async () => {
  await inFolder(async (path) => {
    for (const [metric, message] of [
      [
        'snn.acuracy.4',
        /metrics: expected a figure of simulate, or .*train\.FIGURE.*, found snn\.acuracy\.4; did you mean snn\.accuracy\.4/,
      ],
      ['snn.accuracy.5', /found snn\.accuracy\.5; stage simulate has the steps 1 to 4/],
      ['energy.horowitz-fp23.snnJoule.4', /did you mean energy\.horowitz-fp32\.snnJoule\.4/],
    ] as const) {
      await writeFile(path('study.json'), JSON.stringify({ ...STUDY, metrics: ['snn.mismatches', metric] }));
      const refused = await strelu(['sweep', path('study.json'), '--dir', path('jobs')]);
      assert.equal(refused.status, 1, refused.stderr);
      assert.match(refused.stderr, message);
      assert.deepEqual((await readdir(path('.'))).sort(), ['study.json']);
    }
  });
});

test('an evaluation in parts is one row, and its result is that of one process', async () => {
  await inFolder(async (path) => {
    const [train] = STUDY.stages;
    const simulate = { command: 'simulate', after: 'convert', options: { limit: 20, steps: '1,4' } };
    const stages = [
      { ...train, grid: {} },
      { name: 'convert', command: 'convert', after: 'train' },
      { ...simulate, name: 'whole' },
      { ...simulate, name: 'parts', shards: 3 },
      { name: 'verify', command: 'verify', after: 'convert', options: { limit: 5, steps: '4', ball: 0.01 } },
    ];
    await writeFile(path('study.json'), JSON.stringify({ name: 'parts', stages }));
    const words = [
      'sweep',
      path('study.json'),
      '--dir',
      path('jobs'),
      '--json',
      path('r.json'),
      '--jobs',
      '2',
    ];
    const { status, stderr } = await strelu([...words, '--csv', path('r.csv')]);
    assert.equal(status, 0, stderr);
    const { sweep } = JSON.parse(await readFile(path('r.json'), 'utf8')) as {
      sweep: { tables: { rows: unknown[] }[]; jobs: { stage: string; id: string; figures: Metrics }[] };
    };
    assert.equal(sweep.tables.length, 3);
    for (const { stage, figures } of sweep.jobs) {
      const command = stages.find(({ name }) => name === stage)!.command as StageCommand;
      const names = Object.keys(figures);
      assert.ok(names.length > 0 || command === 'convert');
      assert.deepEqual(
        names.filter((name) => !isFigure(command, name, 4)),
        [],
        'a study may name every figure that there is',
      );
    }
    assert.deepEqual(sweep.tables[1]!.rows, sweep.tables[0]!.rows);
    assert.deepEqual(
      sweep.jobs.map(({ stage }) => stage),
      ['train', 'convert', 'whole', 'parts', 'verify'],
    );
    assert.equal((await readFile(path('r.csv'), 'utf8')).trim().split('\r\n').length, 6);
    const [whole, parts] = await Promise.all(
      sweep.jobs.slice(2, 4).map(async ({ stage, id }) => {
        const text = await readFile(path(`jobs/${stage}-${id}/result.json`), 'utf8');
        const { seconds, date: _, config, simulate, ...rest } = JSON.parse(text) as Record<string, object>;
        assert.ok(Number(seconds) > 0);
        return { ...rest, config: { ...config, json: '' }, method: (simulate as { method: string }).method };
      }),
    );
    assert.deepEqual(parts, whole);
  });
});

test('what jobs read is left alone: images, and files that options name; images of any kind may be studied', async () => {
  await inFolder(async (path) => {
    await writeFile(path('own.csv'), Array.from({ length: 8 }, (_, i) => `${i % 2},1,2,${i},4\n`).join(''));
    await writeFile(path('from.safetensors'), 'a network');
    const options = { dataset: `csv:${path('own.csv')}`, split: 0.5, from: path('from.safetensors') };
    const stages = [{ name: 'train', command: 'train', options }];
    await writeFile(path('study.json'), JSON.stringify({ name: 'own', stages }));
    const words = ['sweep', path('study.json'), '--dir', path('jobs'), '--dry-run'];
    for (const name of ['own.csv', 'from.safetensors'])
      for (const option of ['--csv', '--json']) {
        const before = await readFile(path(name), 'utf8');
        const refused = await strelu([...words, option, path(name)]);
        assert.equal(refused.status, 2, refused.stderr);
        assert.match(refused.stderr, /is the same file as .* which would be overwritten; choose another/);
        assert.equal(await readFile(path(name), 'utf8'), before);
      }
    const fine = await strelu(words);
    assert.equal(fine.status, 0, fine.stderr);
    assert.match(fine.stdout, /1 job, 0 of them done/);
  });
});
