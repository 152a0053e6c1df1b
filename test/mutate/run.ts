/**
 * @file `npm run mutate` changes one place of the program at a time and runs the tests that reach it. A change that no test
 * notices is a promise that nobody wrote down, or it computes the same and belongs into equivalent.json.
 */
import { availableParallelism } from 'node:os';
import { flag, integer, integerOrNull, textOr } from '../../src/terminal/options.ts';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';
import { tryAgain } from './again.ts';
import { candidatesOf, draw } from './candidates.ts';
import { isEquivalent } from './equivalent.ts';
import { ROOMS } from './paths.ts';
import { knownReach, recordReach } from './record-reach.ts';
import { keepResult, readResults } from './results.ts';
import { scoreOf, summary, writeRecord } from './score.ts';
import { tryMutant } from './trial.ts';

/** Test files below so many seconds may be in the committed sample. */
const QUICK = 4;

const { values } = toolOptions({
  name: 'mutate',
  says: [
    'Changes one place of the program at a time and runs the tests that reach it. A change that no test',
    'notices is a promise that nobody wrote down, or computes the same: then it belongs into equivalent.json.',
  ],
  options: {
    sample: integerOrNull('all', 'mutants, drawn by the seed', 1),
    room: textOr('NAME,...', ROOMS.join(','), 'folders of src/'),
    file: textOr('WORD', '', 'only sources with this in their name'),
    seed: integer(1, 'of the draw'),
    patience: integer(60, 'seconds of tests for one mutant', 1),
    lanes: integer(Math.min(2, availableParallelism()), 'mutants at a time', 1),
    survivors: flag('try those again that survived'),
    list: flag('print what is known, try nothing'),
    record: flag('write the committed record'),
    again: flag('try the sample of the committed record, which takes half a minute'),
  },
});

process.removeAllListeners('warning'); // types are stripped by a function that calls itself experimental
const { lanes } = values;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const rooms = values.room.split(',');
for (const room of rooms)
  if (!ROOMS.some((name) => name === room))
    refuseTool({ name: 'mutate' }, `--room: expected some of ${ROOMS.join(', ')}, found ${room}`);
const results = readResults();
const all = rooms.flatMap(candidatesOf);
const drawn = draw(
  all.filter(({ file }) => file.includes(values.file)),
  String(values.seed),
  values.sample ?? undefined,
);
if (values.again) {
  const wrong = await tryAgain(all, lanes);
  for (const complaint of wrong) console.error(`mutate: ${complaint}`);
  if (wrong.length > 0) process.exitCode = 1;
} else {
  if (!values.list && !values.record) await tryAll();
  const known = drawn.filter(({ key }) => results.has(key));
  const rows = scoreOf(known, all, results);
  console.log(summary(rows));
  if (values.record) {
    const { tests } = knownReach();
    writeRecord(rows, values.seed, known, results, (test) => (tests[test]?.seconds ?? QUICK) < QUICK);
  }
}

async function tryAll(): Promise<void> {
  const wanted = drawn.filter(({ key, file, mutant }) => {
    const verdict = results.get(key)?.verdict;
    if (verdict === undefined) return !values.survivors;
    return (
      values.survivors && (verdict === 'survived' || verdict === 'unreached') && !isEquivalent(file, mutant)
    );
  });
  if (wanted.length === 0) return;
  const reach = await recordReach(lanes);
  const kills = new Map<string, Map<string, number>>();
  const total = wanted.length;
  const lane = async () => {
    for (let one = wanted.shift(); one; one = wanted.shift()) {
      const { key, file, text, mutant } = one;
      const here = kills.get(file) ?? new Map<string, number>();
      kills.set(file, here);
      const trial = await tryMutant(file, text, mutant, reach, values.patience, here);
      if (trial.by) here.set(trial.by, (here.get(trial.by) ?? 0) + 1);
      const result = { key, ...trial };
      results.set(key, result);
      keepResult(result);
      if (trial.by === undefined)
        console.log(
          `${trial.verdict.padEnd(9)} ${file}:${mutant.line}  ${mutant.before}  =>  ${mutant.after}`,
        );
      if (wanted.length % 50 === 0) console.error(`mutate: ${total - wanted.length} of ${total}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
