/** @file How long things take: the start of the built program, and the stages of .ci/run, which writes them down as it goes on. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../compile.ts';

/** In seconds, by what takes it. */
export type Times = Readonly<Record<string, number>>;

/** The stages whose time is stated, by what the table calls them. */
const STAGES = { start: 'npm ci && npm start', test: 'npm ci && npm test', ci: 'all' } as const;

const ROUNDS = 7;
/** Runs in each program: at its end it says how many microseconds of a processor it took, which other work beside it hardly changes. */
const CLOCK =
  'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write("\\n"+(user+system))})';

/** What the built program takes of a processor to start beside an empty one, the least of some rounds; nothing where dist/lib was not built. */
export function startUp(): Times {
  const built = (name: string): string => join(ROOT, 'dist', 'lib', name);
  if (!existsSync(built('main.js'))) return {};
  const programs = {
    empty: ['--eval', ''],
    'strelu --version': [built('main.js'), '--version'],
    "import 'strelu'": ['--input-type=module', '--eval', `import ${JSON.stringify(built('index.js'))}`],
  };
  const least = Object.entries(programs).map(([name, words]) => {
    const seconds = Array.from({ length: ROUNDS }, () => {
      const { stderr } = spawnSync(process.execPath, ['--import', CLOCK, ...words], { encoding: 'utf8' });
      return Number(stderr.slice(stderr.lastIndexOf('\n'))) / 1e6;
    });
    return [name, Math.min(...seconds)] as const;
  });
  const [, empty] = least[0]!;
  return Object.fromEntries(least.slice(1).map(([name, seconds]) => [name, round(seconds - empty)]));
}

/**
 * The stages whose time is stated.
 * @param text a line for each stage, in order: the second at which it began, a tab, its name; the last line is the end
 */
export function stageTimes(text: string): Times {
  const lines = text.trim().split('\n');
  const begun = lines.map((line) => Number(line.split('\t')[0]));
  const names = lines.map((line) => line.split('\t')[1]);
  return Object.fromEntries(
    Object.entries(STAGES).flatMap(([name, stage]) => {
      const at = names.indexOf(stage);
      if (stage === 'all') return [[name, begun.at(-1)!]];
      return at < 0 || at + 1 === lines.length ? [] : [[name, begun[at + 1]! - begun[at]!]];
    }),
  );
}

/** All that can be measured now. @param stages the file of .ci/run, where there is one */
export const measureTimes = (stages: string | undefined): Times => ({
  ...startUp(),
  ...(stages === undefined ? {} : stageTimes(readFileSync(stages, 'utf8'))),
});

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
