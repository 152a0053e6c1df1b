/** @file A training run that is killed at any moment, in the middle of writing a checkpoint too, ends with the same bytes. */
import assert from 'node:assert/strict';
import { copyFile, readdir, readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Random } from '../../src/random/random.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const SMALL = ['--model', 'lenet', '--width', '0.5', '--limit', '256', '--test-limit', '40', '--quiet'];
const RUN = [
  ...['train', '--epochs', '4', '--seed', '3', '--levels', '4', '--continuous-epochs', '1', '--ema', '0.9'],
  ...['--spike-penalty', '0.01', '--crop', '2', '--cutout', '6', '--theta-rate', '0', '--theta-from', '2'],
  ...['--anneal', '2', '--balanced', '--test-flip', '--teacher-weight', '0.4', ...SMALL],
];
const STEPS = 16;
const KILLS = 5;

/** When the file was last replaced; 0: not there. */
const written = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

test('killed five times at random moments and resumed each time: the bytes of a run that nobody touched', async () => {
  await inFolder(async (path) => {
    const random = Random.seeded(11);
    const teacher = path('teacher.safetensors');
    const taught = await strelu(['train', '--epochs', '1', '--out', teacher, ...SMALL]);
    assert.equal(taught.status, 0, taught.stderr);
    const words = [...RUN, '--teacher', teacher];
    const whole = await strelu([...words, '--workers', '2', '--out', path('whole.safetensors')]);
    assert.equal(whole.status, 0, whole.stderr);

    const out = path('killed.safetensors');
    const checkpoint = path('killed.checkpoint.safetensors');
    const goOn = ['train', '--resume', '--out', out, '--checkpoint-seconds', '0', '--quiet'];
    let kills = 0;
    for (let round = 0; round <= KILLS; round++) {
      const before = await written(checkpoint);
      const begun = before > 0 ? goOn : [...words, '--out', out, '--checkpoint-seconds', '0'];
      let over = false;
      const finished = await strelu(begun, {
        async started(kill) {
          if (round === KILLS) return;
          // at least one more step, so that it comes to an end; then any moment of the next ones
          while (!over && (await written(checkpoint)) === before) await setTimeout(1);
          await setTimeout(random.uniform(0, 25));
          kill();
        },
      }).finally(() => {
        over = true;
      });
      if (finished.status === null) kills++;
      else assert.equal(finished.status, 0, finished.stderr);
    }
    assert.ok(kills >= 3, `${kills} kills in ${STEPS} steps`);
    assert.deepEqual(await readFile(out), await readFile(path('whole.safetensors')));
    const left = (await readdir(path('.'))).filter((name) => name.endsWith('.partial'));
    assert.deepEqual(left, []);
  });
});

test('a teacher that is not the one of the first run, or of another data set, is refused', async () => {
  await inFolder(async (path) => {
    const [a, b, out] = [path('a.safetensors'), path('b.safetensors'), path('m.safetensors')];
    const teach = (file: string, seed: string): Promise<{ status: number | null }> =>
      strelu(['train', '--epochs', '1', '--seed', seed, '--out', file, ...SMALL]);
    await Promise.all([teach(a, '1'), teach(b, '2')]);
    const words = ['train', '--epochs', '3', '--teacher', a, '--out', out, ...SMALL.slice(0, -1)];
    await strelu(words, { interruptAt: 'epoch 1/3' });
    await copyFile(b, a);
    const changed = await strelu(['train', '--resume', '--out', out, '--quiet']);
    assert.equal(changed.status, 1);
    assert.match(changed.stderr, /a\.safetensors: expected the file that the run began with \(SHA-256 /);
  });
});
