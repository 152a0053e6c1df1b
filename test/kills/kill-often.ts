/** @file Kills a work (SIGKILL) again and again, at moments spread evenly over all that it does, and goes on with it each time. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../src/random/random.ts';
import type { Work } from './works.ts';

/** @returns how often it came to its end, with the outcome of a run that nobody touched, and what was left beside it */
export async function killOften(
  work: Work,
  kills: number,
  random: Random,
): Promise<{ readonly ends: number; readonly whileWriting: number }> {
  const root = await mkdtemp(join(tmpdir(), `strelu-kill-${work.name}-`));
  try {
    const begun = performance.now();
    const whole = join(root, 'whole');
    await mkdir(whole);
    assert.equal(await run(work, whole, null), 0, `${work.name}: undisturbed`);
    const expected = await work.outcome(whole);
    assert.ok(expected !== null);
    const duration = performance.now() - begun;
    let [done, ends, whileWriting] = [0, 0, 0];
    for (let round = 0; done < kills; round++) {
      const folder = join(root, String(round));
      await mkdir(folder);
      for (;;) {
        const status = await run(work, folder, done < kills ? random.uniform(0, duration) : null);
        if (status === null) {
          done++;
          if ((await leftovers(folder)).some((name) => name.endsWith('.partial'))) whileWriting++;
          continue;
        }
        assert.equal(status, 0, `${work.name}: after ${done} kills`);
        break;
      }
      ends++;
      assert.equal(await work.outcome(folder), expected, `${work.name}: other bytes after ${done} kills`);
      assert.deepEqual(await leftovers(folder), [], `${work.name}: left behind after ${done} kills`);
      await rm(folder, { recursive: true });
    }
    return { ends, whileWriting };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const leftovers = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => /\.(partial|lock)$|checkpoint/.test(name));

/** @param after milliseconds until it is killed; null: it is not @returns its status, null when it was killed */
async function run(work: Work, folder: string, after: number | null): Promise<number | null> {
  const resumed = (await leftovers(folder)).includes('m.checkpoint.safetensors');
  const [program, ...words] = work.command(folder, resumed);
  const child = spawn(program!, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const timer = after === null ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  const [status] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  if (status !== null && status !== 0) console.error(told);
  return status;
}
