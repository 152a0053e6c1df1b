/** @file What a finished training leaves, what may replace it, and who may work beside whom. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { loadRun, saveRun } from '../../src/lab/training/saved-run.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const TINY = ['--model', 'lenet', '--width', '0.5', '--limit', '128', '--test-limit', '20', '--quiet'];

test('a finished run leaves its network alone; it may be repeated, and is replaced by another only by --force', async () => {
  await inFolder(async (path) => {
    const out = path('m.safetensors');
    const run = (...words: string[]) => strelu(['train', '--epochs', '1', '--out', out, ...TINY, ...words]);
    assert.equal((await run()).status, 0);
    assert.deepEqual(await readdir(path('.')), ['m.safetensors']);
    const bytes = await readFile(out);

    const other = await run('--seed', '2');
    assert.equal(other.status, 1);
    assert.match(
      other.stderr,
      /m\.safetensors: the network of another finished run lies here; .*--force to replace it/,
    );
    const resumed = await strelu(['train', '--resume', '--out', out]);
    assert.equal(resumed.status, 1);
    assert.match(
      resumed.stderr,
      /m\.safetensors: the run is finished, and its network is here; nothing is left/,
    );
    assert.deepEqual(await readFile(out), bytes);

    assert.equal((await run()).status, 0);
    assert.deepEqual(await readFile(out), bytes);
    for (const name of ['other.onnx', 'other.npz', 'other.safetensors']) {
      await writeFile(path(name), 'what another program made');
      const kept = await strelu(['train', '--epochs', '1', ...TINY, '--out', path(name)]);
      assert.equal(kept.status, 1, name);
      assert.match(kept.stderr, /a file that no training made lies here; .*--force to replace it/);
      assert.equal(await readFile(path(name), 'utf8'), 'what another program made');
      await rm(path(name));
    }
    assert.equal((await run('--seed', '2', '--force')).status, 0);
    assert.notDeepEqual(await readFile(out), bytes);
    assert.deepEqual(await readdir(path('.')), ['m.safetensors']);
    assert.equal((await run('--force', '--resume')).status, 2);
  });
});

test('killed between its last two writes, before or after the network: going on ends with the same files', async () => {
  await inFolder(async (path) => {
    const [out, checkpoint] = [path('m.safetensors'), path('m.checkpoint.safetensors')];
    const words = ['train', '--epochs', '1', '--out', out, ...TINY];
    // the checkpoint of the last step, saved again as if the process had been killed before it removed it
    const kept = path('kept');
    let over = false;
    const done = strelu([...words, '--checkpoint-seconds', '0']).finally(() => {
      over = true;
    });
    while (!over) {
      const run = await loadRun(checkpoint).catch(() => null);
      if (run && run.checkpoint.curve.length === 1) await saveRun(kept, run);
      await setTimeout(2);
    }
    assert.equal((await done).status, 0);
    if (!existsSync(kept)) return; // it was over before anyone could look
    const bytes = await readFile(out);
    for (const network of [true, false]) {
      await copyFile(kept, checkpoint);
      if (!network) await rm(out);
      const again = await strelu(words);
      // with its network written the run is over, and may be repeated; without, it is unfinished
      assert.equal(again.status, network ? 0 : 1, again.stderr);
      if (!network) assert.match(again.stderr, /an unfinished run lies here \(step 2 of 2\); add --resume/);
      await copyFile(kept, checkpoint);
      assert.equal((await strelu(['train', '--resume', '--out', out, '--quiet'])).status, 0);
      assert.deepEqual(await readFile(out), bytes);
      assert.ok(!existsSync(checkpoint));
    }
  });
});

test('a run that is alive is neither resumed nor trained over; --force begins anew where an unfinished one lies', async () => {
  await inFolder(async (path) => {
    const out = path('m.safetensors');
    const long = ['train', '--epochs', '400', '--out', out, ...TINY.slice(0, -1)];
    let refused: Promise<{ status: number | null; stderr: string }[]> | undefined;
    const first = await strelu(long, {
      async started(kill) {
        while (!existsSync(path('m.checkpoint.safetensors'))) await setTimeout(5);
        refused = Promise.all([strelu(['train', '--resume', '--out', out]), strelu([...long, '--force'])]);
        await refused;
        kill();
      },
    });
    assert.equal(first.status, null);
    for (const { status, stderr } of (await refused)!) {
      assert.equal(status, 1);
      assert.match(
        stderr,
        /m\.safetensors: another run is at work on it \(process \d+ on .*, since .*\); wait for/,
      );
    }
    const unfinished = await strelu(['train', '--epochs', '1', '--out', out, ...TINY]);
    assert.match(
      unfinished.stderr,
      /an unfinished run lies here .* add --resume .* or add --force to begin anew/,
    );
    await writeFile(path('m.checkpoint.safetensors'), 'damaged');
    const damaged = await strelu(['train', '--epochs', '1', '--out', out, ...TINY]);
    assert.match(damaged.stderr, /or add --force to begin a new run in its place/);
    assert.equal((await strelu(['train', '--epochs', '1', '--out', out, '--force', ...TINY])).status, 0);
    assert.deepEqual(await readdir(path('.')), ['m.safetensors']);
  });
});
