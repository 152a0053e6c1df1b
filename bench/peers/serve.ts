/**
 * @file The peer's end of the line protocol, for peers written in JavaScript.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { median } from '../timing.ts';

/** Runs a case once; resolves when its result is there. */
export type Run = () => void | Promise<void>;

/** Path and version of a package, from STRELU_PEERS or from this project's node_modules. */
export function locate(name: string): { readonly url: string; readonly version: string } {
  const places = [process.env.STRELU_PEERS, process.cwd()].filter((place) => place !== undefined);
  for (const place of places) {
    const require = createRequire(join(place, 'package.json'));
    try {
      const entry = require.resolve(name);
      const root = entry.slice(0, entry.lastIndexOf(join('node_modules', name)));
      const { version } = require(join(root, 'node_modules', name, 'package.json')) as { version: string };
      return { url: pathToFileURL(entry).href, version };
    } catch {
      // not here: the next place
    }
  }
  throw new Error(`${name} is not installed`);
}

/** Answers until the input ends. */
export async function serve(version: string, make: (what: string) => Promise<Run>): Promise<void> {
  const cases = new Map<string, Run>();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`ready ${version}`);
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, what, seconds] = line.split(' ');
    try {
      if (word === 'run') {
        const run = cases.get(what!) ?? (await make(what!));
        cases.set(what!, run);
        say(`seconds ${await timed(run, Number(seconds))}`);
      } else if (word === 'forget') {
        cases.clear();
        say('ok');
      } else if (word === 'memory') say(`bytes ${process.resourceUsage().maxRSS * 1024}`);
      else throw new Error(`unknown command ${word}`);
    } catch (error) {
      say(`error ${(error as Error).message.split('\n')[0]}`);
    }
  }
}

async function timed(run: Run, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  do {
    const begin = performance.now();
    await run();
    times.push((performance.now() - begin) / 1000);
  } while (performance.now() < end);
  return median(times);
}
