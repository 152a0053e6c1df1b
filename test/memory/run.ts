/** @file `npm run memory`: resident memory over long runs; `--help` says more. */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { describeMachine } from '../../src/lab/machine.ts';
import { createRuntime } from '../../src/runtime.ts';
import { integer, text } from '../../src/terminal/options.ts';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { growth, type Sample, simulateFor, trainFor } from './flat.ts';
import { type MemoryRecord, MOST_PERCENT } from './record.ts';

const { values } = toolOptions({
  name: 'memory',
  says: [
    'Resident memory over many steps of a training and many simulated images, after a warm-up: must stay',
    `within ${MOST_PERCENT} %. Status 1 when it grows.`,
  ],
  options: {
    count: integer(10_000, 'steps, and images', 1),
    out: text('FILE', 'write the record that docs/guide/limits.md shows'),
  },
});
const { count } = values;
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
if (values.out !== null) writeFileSync(values.out, `${JSON.stringify(record, null, 2)}\n`);

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
