/**
 * @file `npm run memory`: resident memory over 10,000 steps of a training and 10,000 simulated images, after a warm-up: must stay within
 * 2 %. `--count N` for another number, `--out FILE` writes the record that docs/guide/limits.md shows. Status 1 when it grows.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { describeMachine } from '../../src/lab/machine.ts';
import { createRuntime } from '../../src/runtime.ts';
import { growth, type Sample, simulateFor, trainFor } from './flat.ts';
import { type MemoryRecord, MOST_PERCENT } from './record.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, out: { type: 'string' } },
});
const count = Number(values.count);
const record: MemoryRecord = {
  command: `npm run memory -- --count ${count}`,
  date: new Date().toISOString().slice(0, 10),
  machine: describeMachine(),
  works: {
    'steps of a training': { count, ...measured(trainFor) },
    'simulated images': { count, ...measured(simulateFor) },
  },
};
for (const [name, { from, to, percent }] of Object.entries(record.works)) {
  const [before, after] = [from, to].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  console.log(`${count} ${name}: ${before} MiB, then ${after} MiB: ${percent.toFixed(2)} %`);
  if (percent > MOST_PERCENT) process.exitCode = 1;
}
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(record, null, 2)}\n`);

function measured(work: (runtime: ReturnType<typeof createRuntime>, count: number) => Sample[]): {
  readonly from: number;
  readonly to: number;
  readonly percent: number;
} {
  const runtime = createRuntime();
  try {
    return growth(work(runtime, count));
  } finally {
    runtime.close();
  }
}
