/** @file The committed sample once more: each of its mutants must be noticed by the test that noticed it when it was recorded. */
import { readFileSync } from 'node:fs';
import type { Candidate } from './candidates.ts';
import { EQUIVALENT, isEquivalent } from './equivalent.ts';
import { mutatedEnv, runTest } from './run-test.ts';
import { RECORD_FILE, type Record } from './score.ts';

/** A mutant that takes longer loops for ever. */
const PATIENCE_SECONDS = 60;

/** @returns what is wrong: a mutant that is no longer noticed, an excuse that fits no mutant, a sample of which too little is left */
export async function tryAgain(all: readonly Candidate[], lanes: number): Promise<string[]> {
  const { sample } = JSON.parse(readFileSync(RECORD_FILE, 'utf8')) as Record;
  const byKey = new Map(all.map((one) => [one.key, one]));
  const wrong = EQUIVALENT.filter(
    (one) => !all.some(({ file, mutant }) => file === one.file && isEquivalent(file, mutant)),
  ).map(({ file, text }) => `equivalent.json: no mutant of ${file} changes the line ${text}`);
  const present = sample.filter(({ key }) => byKey.has(key));
  if (2 * present.length < sample.length)
    wrong.push(
      `${present.length} of ${sample.length} mutants of the sample still fit; npm run mutate -- --record draws it anew`,
    );
  const queue = [...present];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { file, text, mutant } = byKey.get(next.key)!;
      const { outcome } = await runTest(next.by, mutatedEnv(file, text, mutant), PATIENCE_SECONDS);
      if (outcome === 'passed')
        wrong.push(
          `${file}:${mutant.line}  ${mutant.before}  =>  ${mutant.after}: test/${next.by} does not notice it`,
        );
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  console.log(`mutate: ${present.length} mutants tried again, ${wrong.length} complaints`);
  return wrong;
}
