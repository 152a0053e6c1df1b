/** @file Kills a work (SIGKILL) again and again, at random moments and in the middle of writing, and goes on with it each time. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Random } from '../../src/random/random.ts';
import type { KillRow } from './record.ts';
import { parting, type Work } from './work.ts';

/** Kills of one folder; then nobody touches it until its end. */
const MOST_IN_A_ROW = 6;

export interface KillRequest {
  /** How many kills there shall be; those of the row count. */
  readonly kills: number;
  readonly seed: number;
  /** What an earlier run came to; counts on. */
  readonly row: KillRow;
  /** Called when a work has come to its end. */
  readonly save: () => void;
}

/** @param create is given a folder for what all runs read */
export async function killOften(
  name: string,
  create: (shared: string) => Work | Promise<Work>,
  { kills, seed, row, save }: KillRequest,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), `strelu-kill-${name}-`));
  const shared = join(root, 'shared');
  await mkdir(shared);
  const work = await create(shared);
  try {
    const whole = join(root, 'whole');
    await mkdir(whole);
    // Modules are compiled once, so that more of the moments fall into the work itself.
    process.env.NODE_COMPILE_CACHE = join(root, 'compiled');
    await mkdir(join(root, 'first'));
    assert.equal(await run(work, join(root, 'first'), null), 0, `${name}: undisturbed`);
    const begun = performance.now();
    assert.equal(await run(work, whole, null), 0, `${name}: undisturbed`);
    let duration = performance.now() - begun;
    const expected = await work.outcome(whole);
    assert.ok(expected !== null, `${name}: nothing came of it`);
    while (row.kills < kills) {
      const folder = join(root, `after-${row.kills}`);
      await mkdir(folder);
      const random = Random.seeded(seed).fork(`${name} ${row.kills}`);
      const inARow = Math.min(MOST_IN_A_ROW, kills - row.kills);
      const counts = { kills: 0, whileWriting: 0, goneOn: 0 };
      for (;;) {
        const kill: Kill | null =
          counts.kills === inARow
            ? null
            : {
                after: random.uniform(0, duration),
                writing: random.integer(2) === 0,
                whole: random.integer(2) === 0,
              };
        const since = performance.now();
        const status = await run(work, folder, kill);
        if (status === null) {
          counts.kills++;
          if (readdirSync(folder).length > 0) counts.goneOn++;
          if (leftovers(folder).some((file) => file.endsWith('.partial'))) counts.whileWriting++;
          continue;
        }
        assert.equal(status, 0, `${name}: after ${counts.kills} kills`);
        // The machine may have become faster since.
        if (counts.kills === 0) duration = performance.now() - since;
        break;
      }
      const told = `${name}: seed ${seed}, from kill ${row.kills} on, ${counts.kills} kills`;
      const found = await work.outcome(folder);
      if (found !== expected)
        assert.fail(`${told}: other bytes; ${found === null ? 'none' : parting(found, expected)}`);
      assert.deepEqual(leftovers(folder), [], `${told}: left behind`);
      row.kills += counts.kills;
      row.whileWriting += counts.whileWriting;
      row.goneOn += counts.goneOn;
      row.ends++;
      save();
      await rm(folder, { recursive: true });
    }
  } finally {
    work.close?.();
    await rm(root, { recursive: true, force: true });
  }
}

/** When a run is killed. */
interface Kill {
  /** Milliseconds after its start. */
  readonly after: number;
  /** Then as soon as a file is half written. */
  readonly writing: boolean;
  /** With the processes that it started; else they are left alone. */
  readonly whole: boolean;
}

const leftovers = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(partial|lock)$|checkpoint/.test(name),
  );

/** @param kill null: nobody touches it @returns its status, null when it was killed */
async function run(work: Work, folder: string, kill: Kill | null): Promise<number | null> {
  const begun = leftovers(folder).some((name) => name.endsWith('checkpoint.safetensors'));
  const [program, ...words] = work.command(folder, begun);
  const child = spawn(program!, words, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const giveUp = (): void => {
    endAll(child);
    process.exit(1);
  };
  process.on('SIGINT', giveUp).on('SIGTERM', giveUp);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const stop = kill === null ? () => {} : killLater(child, folder, kill);
  const [status] = await ended;
  stop();
  process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
  child.stderr.destroy();
  if (status !== null && status !== 0) console.error(told);
  return status;
}

/** @returns takes it back */
function killLater(child: ChildProcess, folder: string, { after, writing, whole }: Kill): () => void {
  const kill = (): void => {
    if (whole) endAll(child);
    else child.kill('SIGKILL');
  };
  let look: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    if (!writing) return kill();
    look = setInterval(() => {
      try {
        if (leftovers(folder).some((name) => name.endsWith('.partial'))) kill();
      } catch {
        // A folder went while it was read.
      }
    }, 1);
  }, after);
  return () => {
    clearTimeout(timer);
    clearInterval(look);
  };
}

/** With the processes that it started. */
function endAll(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
