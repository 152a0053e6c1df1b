/** @file What a run of the kills came to, as its file has it. */
import { readFileSync } from 'node:fs';
import type { Machine } from '../../src/report/result.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

export interface KillRow {
  kills: number;
  /** Of the kills: a file was half written then. */
  whileWriting: number;
  /** Of the kills: the program had begun to write, and another run went on with that. */
  goneOn: number;
  /** How often the work came to its end, each time with the bytes of a run that nobody touched. */
  ends: number;
  /** null, or what was other than it should be. */
  fault: string | null;
}

export interface KillRecord {
  readonly command: string;
  readonly seed: number;
  date: string;
  readonly machine: Machine;
  readonly works: { [name: string]: KillRow };
}

/** The committed record of the long run. */
export const longRun = (): KillRecord =>
  JSON.parse(readFileSync(new URL('../test/kills/long-run.json', SOURCE_FOLDER), 'utf8')) as KillRecord;
