/** @file Runs every test file alone under V8's coverage, and keeps what it reached. Only tests whose text is new are run. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest, KEPT, ROOT, sources, testFiles, textOf } from './paths.ts';
import { type Reach, readCoverage } from './reach.ts';
import { runTest } from './run-test.ts';

const FILE = `${KEPT}reach.json`;
/** No test takes that long alone. */
const PATIENCE_SECONDS = 600;

/** The record as it is on disk. */
export function knownReach(): Reach {
  if (existsSync(FILE)) return JSON.parse(readFileSync(FILE, 'utf8'));
  return { digests: Object.fromEntries(sources().map((file) => [file, digest(textOf(file))])), tests: {} };
}

/** The record with what is missing added, and what is gone left out. */
export async function recordReach(lanes: number): Promise<Reach> {
  const reach = knownReach();
  const present = testFiles();
  for (const test of Object.keys(reach.tests)) if (!present.includes(test)) delete reach.tests[test];
  const queue = present.filter((test) => reach.tests[test]?.digest !== digest(textOf(`test/${test}`)));
  if (queue.length > 0)
    console.error(`mutate: ${queue.length} test files are run alone to see what they reach`);
  mkdirSync(KEPT, { recursive: true });
  const lane = async () => {
    for (let test = queue.shift(); test; test = queue.shift()) {
      await record(reach, test);
      writeFileSync(FILE, JSON.stringify(reach));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return reach;
}

async function record(reach: Reach, test: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'strelu-reach-'));
  try {
    const { outcome, seconds } = await runTest(
      test,
      { NODE_V8_COVERAGE: folder, NODE_DISABLE_COMPILE_CACHE: '1' },
      PATIENCE_SECONDS,
    );
    if (outcome !== 'passed') {
      console.error(`mutate: test/${test} ${outcome} without any mutant; it is left out`);
      return;
    }
    const found = readCoverage(folder, ROOT, (source) => source in reach.digests);
    reach.tests[test] = { digest: digest(textOf(`test/${test}`)), seconds, sources: found };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
