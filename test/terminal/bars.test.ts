/** @file A bar for a study and one for each of its jobs: they come, move and go; lines stay, and none is lost. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { test } from 'node:test';
import { SILENT } from '../../src/progress.ts';
import { barsOf } from '../../src/terminal/bars.ts';
import { inFolder } from '../support/in-folder.ts';

test('bars come with the first word of a job, move, and go with its end; lines go where there are no bars otherwise', () => {
  type Shown = { label: string; value: number; note: string };
  const shown: Shown[] = [];
  const lines: string[] = [];
  const plain: string[] = [];
  let [drawn, stops] = [0, 0];
  const all = {
    create(_: number, value: number, payload: Record<string, string>) {
      const bar = {
        ...{ label: payload.label!, value, note: '' },
        update(now: number, { note }: Record<string, string>) {
          Object.assign(bar, { value: now, note });
        },
      };
      shown.push(bar);
      return bar;
    },
    remove: (bar: object) => shown.splice(shown.indexOf(bar as Shown), 1).length > 0,
    log: (line: string) => void lines.push(line),
    update: () => void drawn++,
    stop: () => void stops++,
  };
  const bars = barsOf(all, { ...SILENT, note: (line) => void plain.push(line) });
  bars.note('before');
  bars.start('study', 3);
  const told = (share: number, note: string) => ({ label: 'epoch 1/2', share, note });
  bars.job('a', 'train seed 1', told(0, ''));
  bars.job('b', 'train\u001b[2J', told(0.5, 'loss 1'));
  bars.job('a', 'train seed 1', told(0.25, 'loss 2'));
  assert.deepEqual(
    shown.map(({ label, value, note }) => [label, value, note]),
    [
      ['study', 0, ''],
      ['train seed 1', 250, 'epoch 1/2, loss 2'],
      ['train\\u001b[2J', 500, 'epoch 1/2, loss 1'],
    ],
  );
  bars.end('a');
  bars.end('never began');
  bars.note('done');
  bars.update(1, '1 of 3');
  assert.deepEqual(
    shown.map(({ label, value }) => [label, value]),
    [
      ['study', 1],
      ['train\\u001b[2J', 500],
    ],
  );
  assert.deepEqual([lines, drawn], [['done\n'], 1]);
  bars.stop();
  bars.stop();
  bars.note('after');
  bars.job('c', 'late', told(1, ''));
  assert.deepEqual([stops, plain, shown.length], [1, ['before', 'after'], 2]);
});

test('a process that is asked tells how far it is, and one that is not keeps silent', {
  skip: 'Deno' in globalThis && 'its children have no channel',
}, async () => {
  await inFolder(async (path) => {
    const module = new URL(
      `../../src/terminal/job-progress.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`,
      import.meta.url,
    );
    await writeFile(
      path('job.mjs'),
      `import { jobProgress } from ${JSON.stringify(module.href)};
      const progress = jobProgress();
      progress?.start('epoch', 4);
      progress?.update(1, 'too soon');
      await new Promise((resolve) => setTimeout(resolve, 300));
      progress?.update(2, 'loss 1');
      process.send({ has: progress !== null }, () => process.disconnect());`,
    );
    const heard = async (asked: string): Promise<unknown[]> => {
      const told: unknown[] = [];
      const child = fork(path('job.mjs'), { env: { ...process.env, STRELU_JOB: asked }, execArgv: [] });
      child.on('message', (message) => told.push(message));
      await once(child, 'exit');
      return told;
    };
    assert.deepEqual(await heard('1'), [
      { label: 'epoch', share: 0, note: '' },
      { label: 'epoch', share: 0.5, note: 'loss 1' },
      { has: true },
    ]);
    assert.deepEqual(await heard(''), [{ has: false }]);
  });
});
