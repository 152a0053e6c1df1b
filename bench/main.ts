/**
 * @file One benchmark run: suite and options in, a table and, on demand, every figure as JSON out.
 */
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../src/errors.ts';
import { checkOutput } from '../src/io/check-output.ts';
import { writeAtomic } from '../src/io/write-atomic.ts';
import { describeMachine, packageVersion } from '../src/lab/index.ts';
import { loadPlot } from '../src/report/plot/load.ts';
import { svgFile } from '../src/report/svg/figure.ts';
import { parseOptions } from '../src/terminal/parse.ts';
import { costFigure } from './events/cost-figure.ts';
import { eventSuite } from './events/suite.ts';
import { eventTable } from './events/table.ts';
import { folderSuite, folderTable } from './folders/suite.ts';
import { kernelSuite } from './kernels/suite.ts';
import { kernelTable } from './kernels/table.ts';
import { BENCH_OPTIONS, benchHelp, SUITES, type SuiteName } from './options.ts';
import { Peers } from './peers/find.ts';
import { queueSuite, queueTable } from './queue/suite.ts';
import type { BenchReport } from './report.ts';
import { stepSuite, stepTable } from './steps/suite.ts';
import { verifySuite, verifyTable } from './verify/suite.ts';

/** Where the run speaks to. */
export interface Voices {
  /** Results. */
  say(text: string): void;
  /** What is being done. */
  log(line: string): void;
}

/** @throws UsageError, InputError */
export async function main(words: readonly string[], { say, log }: Voices): Promise<void> {
  const { values, positionals } = parseOptions(words, BENCH_OPTIONS);
  if (values.help) return say(benchHelp());
  const suite = suiteOf(positionals);
  if (values.svg !== null && suite !== 'events')
    throw new UsageError(`--svg: expected the suite events, found ${suite}; leave it out`);
  for (const path of [values.json, values.svg]) if (path !== null) checkOutput(path);
  const pattern = patternOf(values.only);
  const pace = values.quick
    ? { rounds: 2, seconds: 0.005 }
    : { rounds: values.rounds, seconds: values.seconds };
  const peers = new Peers(values.peers);
  const machine = { ...describeMachine(), loadBefore: loadavg()[0]! };
  const { processor, cores, runtime, loadBefore } = machine;
  if (loadBefore > cores / 4)
    peers.notes.push(
      `the machine was busy (load ${loadBefore.toFixed(1)} on ${cores} cores): figures with several threads mean little`,
    );
  let figures: BenchReport['figures'];
  let table: string;
  try {
    if (suite === 'events') {
      await peers.torch(1); // settles the environment and the version; the suite starts its own
      peers.close();
      const events = await eventSuite({ peers: values.peers, rounds: values.quick ? 1 : pace.rounds, log });
      [figures, table] = [events, eventTable(events)];
      if (values.svg !== null) await writeAtomic(values.svg, svgFile(costFigure(await loadPlot(), events)));
    } else if (suite === 'steps') {
      const steps = await stepSuite();
      [figures, table] = [steps, stepTable(steps)];
    } else if (suite === 'folders') {
      const pictures = values.quick ? 600 : 10_000;
      const folders = await folderSuite({ pictures, rounds: pace.rounds, log });
      [figures, table] = [folders, folderTable(folders)];
    } else if (suite === 'verify') {
      const verify = await verifySuite({
        model: fileURLToPath(
          new URL('../datasets/pretrained/mnist-cnn-strelu-2.safetensors', import.meta.url),
        ),
        images: values.quick ? 2 : 640,
        plainImages: values.quick ? 2 : 64,
        rounds: pace.rounds,
        log,
      });
      [figures, table] = [verify, verifyTable(verify)];
    } else if (suite === 'queue') {
      const queue = await queueSuite({ rounds: pace.rounds, trainings: values.quick ? 2 : 20, log });
      [figures, table] = [queue, queueTable(queue)];
    } else {
      const { quick, threads } = values;
      const wants = (name: string): boolean => pattern.test(name);
      const kernels = await kernelSuite({ peers, pace, threads, quick, wants, log });
      [figures, table] = [kernels, kernelTable(kernels)];
    }
  } finally {
    peers.close();
  }
  const report: BenchReport = {
    suite,
    date: new Date().toISOString(),
    machine,
    versions: { strelu: packageVersion(), v8: process.versions.v8 ?? 'unknown' },
    options: { ...pace, threads: values.threads, only: values.only, quick: values.quick },
    peers: peers.found,
    notes: peers.notes,
    figures,
  };
  say(`${processor}, ${cores} cores, ${runtime}, load ${loadBefore.toFixed(1)} before the run\n`);
  say(table);
  for (const { name, version, reason } of report.peers)
    say(version === null ? `\n${name}: skipped (${reason})` : `\n${name} ${version}`);
  if (!values.peers) say('\nno peers: --peers measures them beside');
  for (const note of report.notes) say(`\n${note}`);
  if (values.json !== null) await writeAtomic(values.json, `${JSON.stringify(report, null, 2)}\n`);
}

function suiteOf(positionals: readonly string[]): SuiteName {
  const suite = SUITES.find((name) => name === positionals[0]);
  if (!suite || positionals.length > 1)
    throw new UsageError(
      `expected one suite, ${SUITES.join(' or ')}, found "${positionals.join(' ')}"; see --help`,
    );
  return suite;
}

function patternOf(only: string | null): RegExp {
  try {
    return new RegExp(only ?? '', 'i');
  } catch {
    throw new UsageError(`--only: expected a regular expression, found "${only}"`);
  }
}
