/** @file `npm run fuzz` gives every reader many inputs; `--help` says more. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { integer, text } from '../../src/terminal/options.ts';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';
import type { FuzzRecord, FuzzRow } from './record.ts';
import { type FuzzTarget, judge, MOST_BYTES, MOST_SECONDS, MOST_TIMES } from './target.ts';
import { TARGETS } from './targets.ts';

/** Inputs between two notes in the file. */
const PORTION = 500;
/** Seconds without an input done after which the process is ended: a loop without end. */
const STUCK_SECONDS = 60;

const NAMES = TARGETS.map(({ name }) => name);
const { values } = toolOptions({
  name: 'fuzz',
  says: [
    'Gives every reader many inputs. The first fault of a target ends it, shrunk, with the seed that finds',
    'it again; the others go on. Status 1 when there was one.',
  ],
  options: {
    count: integer(2000, 'inputs for a target of weight 1', 1),
    only: text('NAME,...', `only these targets (${NAMES.join(', ')})`),
    seed: integer(1, 'of the inputs'),
    out: text('FILE', 'keep what was done after every portion, and resume from there'),
  },
});
const names = values.only?.split(',') ?? NAMES;
for (const name of names)
  if (!NAMES.includes(name))
    refuseTool({ name: 'fuzz' }, `--only: expected some of ${NAMES.join(', ')}, found ${name}`);
const { seed } = values;
const record: FuzzRecord = earlier() ?? {
  seed,
  limits: { seconds: MOST_SECONDS, bytes: MOST_BYTES, timesInput: MOST_TIMES },
  targets: {},
};
const heart = watch();
for (const name of names) await fuzz(TARGETS.find((each) => each.name === name)!);
await heart.worker.terminate();
const rows = Object.entries(record.targets);
const total = rows.reduce((sum, [, { inputs }]) => sum + inputs, 0);
console.log(
  `${total} inputs, seed ${record.seed}; faults: ${
    rows
      .filter(([, row]) => row.fault)
      .map(([name]) => name)
      .join(', ') || 'none'
  }`,
);
if (rows.some(([, row]) => row.fault !== null)) process.exitCode = 1;

async function fuzz(one: FuzzTarget): Promise<void> {
  const row = record.targets[one.name] ?? { inputs: 0, loads: 0, refused: 0, slowest: 0, fault: null };
  record.targets[one.name] = row;
  const wanted = Math.ceil(values.count * (one.weight ?? 1));
  row.fault = null;
  while (row.inputs < wanted && row.fault === null) {
    await portion(one, row, Math.min(PORTION, wanted - row.inputs));
    if (values.out !== null) save(values.out);
  }
  const { inputs, loads, refused, slowest, fault } = row;
  console.log(
    `${one.name}: ${inputs} inputs, ${loads} load, ${refused} refused, slowest ${slowest.toFixed(3)} s${fault === null ? '' : `\n${fault}`}`,
  );
}

async function portion(one: FuzzTarget, row: FuzzRow, runs: number): Promise<void> {
  const from = seedOf(one.name, row.inputs);
  let open = true; // false while a fault is shrunk
  const checked = await fc.check(
    fc.asyncProperty(one.inputs, async (input) => {
      heart.beat();
      const cpu = process.cpuUsage();
      try {
        const outcome = await judge(one, input);
        if (open) row[outcome]++;
      } catch (error) {
        open = false;
        throw error;
      }
      if (!open) return;
      const { user, system } = process.cpuUsage(cpu);
      row.slowest = Math.max(row.slowest, (user + system) / 1e6);
    }),
    { seed: from, numRuns: runs },
  );
  row.inputs += runs;
  if (checked.failed) row.fault = reportOf(checked);
  await setImmediate();
}

/** The error, how to find it again, and the smallest input, bytes as letters. */
function reportOf({
  errorInstance,
  seed,
  counterexamplePath,
  counterexample,
}: fc.RunDetails<[unknown]>): string {
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const shown = JSON.stringify(counterexample?.[0], (_, part: unknown) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part,
  );
  return `${why.slice(0, 1500)}\nseed ${seed}, path ${counterexamplePath}\n${shown.slice(0, 2500)}`;
}

/** A seed of its own for every portion of every target. */
function seedOf(name: string, inputs: number): number {
  let hash = record.seed | 0;
  for (const letter of `${name} ${inputs}`) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return hash;
}

function earlier(): FuzzRecord | undefined {
  if (values.out === null || !existsSync(values.out)) return undefined;
  return JSON.parse(readFileSync(values.out, 'utf8')) as FuzzRecord;
}

function save(path: string): void {
  writeFileSync(`${path}.partial`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${path}.partial`, path);
}

/** A second thread that ends the process when an input never comes back, and says where that was. */
function watch(): { readonly worker: Worker; beat(): void } {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { workerData: beats } = require('node:worker_threads');
     let last = -1;
     setInterval(() => {
       const now = Atomics.load(beats, 0);
       if (now === last && now > 0) {
         require('node:fs').writeSync(2, 'an input never came back, number ' + now + ' of this run\\n');
         process.kill(process.pid, 'SIGKILL');
       }
       last = now;
     }, ${STUCK_SECONDS * 1000});`,
    { eval: true, workerData: beats },
  );
  worker.unref();
  return {
    worker,
    beat: () => {
      Atomics.add(beats, 0, 1);
    },
  };
}
