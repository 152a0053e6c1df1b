/** @file Which test file reaches which places of the sources: what V8 counted while each ran alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Pairs of offsets, start and end: the places of one source that a test ran. */
export type Places = readonly number[];

/** What one test file did alone. */
export interface TestReach {
  /** Digest of the test's own text: another text is recorded anew. */
  readonly digest: string;
  /** Of a processor, not by the clock. */
  readonly seconds: number;
  /** By source file; null where the test merely imports it and runs none of its functions. */
  readonly sources: Readonly<Record<string, { readonly places: Places; readonly functions: boolean }>>;
}

/** The record of all tests. Offsets hold for the sources whose digests are kept beside them. */
export interface Reach {
  readonly digests: Record<string, string>;
  readonly tests: Record<string, TestReach>;
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/** A script in a file of NODE_V8_COVERAGE. */
interface Script {
  readonly url: string;
  readonly functions: readonly { readonly functionName: string; readonly ranges: readonly Range[] }[];
}

/**
 * The union of what all processes and workers of one test ran.
 * @param folder what NODE_V8_COVERAGE named
 * @param root of the project, with a slash at its end
 * @param wanted whether a source, named from the root, is of interest
 */
export function readCoverage(
  folder: string,
  root: string,
  wanted: (source: string) => boolean,
): TestReach['sources'] {
  const ran = new Map<string, { marks: Uint8Array; functions: boolean }>();
  for (const name of readdirSync(folder)) {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: Script[] };
    for (const script of result) {
      if (!script.url.startsWith('file://')) continue;
      const path = fileURLToPath(script.url);
      if (!path.startsWith(root) || !wanted(path.slice(root.length))) continue;
      const now = paint(script);
      const before = ran.get(path.slice(root.length));
      if (!before) ran.set(path.slice(root.length), now);
      else {
        for (let i = 0; i < before.marks.length; i++) before.marks[i]! |= now.marks[i] ?? 0;
        before.functions ||= now.functions;
      }
    }
  }
  return Object.fromEntries(
    [...ran].map(([source, { marks, functions }]) => [source, { places: placesOf(marks), functions }]),
  );
}

/** Outer ranges first: an inner one says what is different within. */
function paint({ functions }: Script): { marks: Uint8Array; functions: boolean } {
  const ranges = functions.flatMap((each) => each.ranges);
  ranges.sort((a, b) => b.endOffset - b.startOffset - (a.endOffset - a.startOffset));
  const marks = new Uint8Array(ranges[0]?.endOffset ?? 0);
  for (const { startOffset, endOffset, count } of ranges)
    marks.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  const length = marks.length;
  const called = functions.some(
    ({ ranges: [whole] }) => whole!.count > 0 && whole!.endOffset - whole!.startOffset < length,
  );
  return { marks, functions: called };
}

function placesOf(marks: Uint8Array): number[] {
  const places: number[] = [];
  for (let at = marks.indexOf(1); at !== -1; ) {
    const found = marks.indexOf(0, at);
    const end = found === -1 ? marks.length : found;
    places.push(at, end);
    at = marks.indexOf(1, end);
  }
  return places;
}

/** Whether an offset lies within. */
export function holds(places: Places, offset: number): boolean {
  for (let i = 0; i < places.length; i += 2) if (offset >= places[i]! && offset < places[i + 1]!) return true;
  return false;
}
