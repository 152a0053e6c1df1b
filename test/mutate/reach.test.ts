/** @file What V8 counted becomes the places that ran: inner ranges decide, and processes add up. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inFolder } from '../support/in-folder.ts';
import { holds, readCoverage } from './reach.ts';

const range = (startOffset: number, endOffset: number, count: number) => ({ startOffset, endOffset, count });

test('two processes: a function that only the second called', () =>
  inFolder(async (path) => {
    const [coverage, root] = [path('coverage'), join(path('project'), '/')];
    const report = (name: string, count: number): void => {
      const functions = [
        { functionName: '', ranges: [range(0, 100, 1)] },
        { functionName: 'f', ranges: [range(20, 60, count), range(30, 40, 0)] },
      ];
      const url = pathToFileURL(join(root, 'src/a.ts')).href;
      const result = [
        { url, functions },
        { url: pathToFileURL(join(root, 'test/b.ts')).href, functions },
        { url: 'node:fs', functions },
      ];
      writeFileSync(join(coverage, name), JSON.stringify({ result }));
    };
    const wanted = (source: string): boolean => source.startsWith('src');
    mkdirSync(coverage);
    report('1.json', 0);
    const first = readCoverage(coverage, root, wanted);
    assert.deepEqual(first, { [join('src', 'a.ts')]: { places: [0, 20, 60, 100], functions: false } });
    report('2.json', 3);
    const { places, functions } = Object.values(readCoverage(coverage, root, wanted))[0]!;
    assert.deepEqual([places, functions], [[0, 30, 40, 100], true]);
    assert.deepEqual(
      [0, 29, 30, 39, 40, 99, 100].map((offset) => holds(places, offset)),
      [true, true, false, false, true, true, false],
    );
  }));
