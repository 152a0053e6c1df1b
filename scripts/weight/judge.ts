/** @file What has grown since scripts/weight/stated.json was written: `npm run check` asks it of sizes, `npm run weight` of times too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../compile.ts';
import { type Figure, grown } from './grown.ts';
import type { Weight } from './measure.ts';
import type { Times } from './times.ts';

/** stated.json. */
export interface Stated extends Weight {
  /** How many times as much is too much: of lines, files and kilobytes; of times, as machines differ. */
  readonly shares: { readonly size: number; readonly time: number };
  readonly times: Times;
}

export const STATED: string = join(ROOT, 'scripts', 'weight', 'stated.json');
/** What is too little to speak of. */
const LEAST = { lines: 60, files: 3, kilobytes: 2, seconds: 0.3 };

export const stated = (): Stated => JSON.parse(readFileSync(STATED, 'utf8')) as Stated;

/** Rooms and entries that are too heavy beside what was stated, by name. */
export function tooHeavy(now: Weight, stated: Stated): string[] {
  const { size } = stated.shares;
  return [
    ...(['files', 'lines'] as const).flatMap((unit) =>
      grown(figures(`${unit} of`, column(now.rooms, unit), column(stated.rooms, unit)), size, LEAST[unit]),
    ),
    ...grown(figures('kilobytes of', now.entries, stated.entries), size, LEAST.kilobytes),
  ];
}

/** What takes too long beside what was stated, by name. */
export const tooSlow = (now: Times, stated: Stated): string[] =>
  grown(figures('seconds of', now, stated.times), stated.shares.time, LEAST.seconds);

/** What to say of them. */
export const advice = (names: readonly string[], { size, time }: Stated['shares']): string =>
  `grown to more than ${size} times (times: ${time} times) what scripts/weight/stated.json says: ${names.join('; ')}. If that is meant: npm run weight -- --state`;

const figures = (kind: string, values: Times, said: Times): Figure[] =>
  Object.entries(values).map(([name, value]) => ({ name: `${kind} ${name}`, value, before: said[name] }));
const column = (rooms: Weight['rooms'], unit: 'files' | 'lines'): Times =>
  Object.fromEntries(Object.entries(rooms).map(([room, weight]) => [room, weight[unit]]));
