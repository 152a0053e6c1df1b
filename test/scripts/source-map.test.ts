/** @file The mappings of source maps: what is written is read again, by Node too, and what is left out is out. */
import assert from 'node:assert/strict';
import { SourceMap, type SourceMapping } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Entry, withEntries } from '../../scripts/source-map.ts';

const place = fc.nat(100_000);
const fields = { column: place, source: fc.nat(2), sourceLine: place, sourceColumn: place };
const entry = fc.record(fields, { noNullPrototype: true });
const lines = fc.array(
  fc
    .uniqueArray(entry, { selector: ({ column }) => column, maxLength: 5 })
    .map((entries) => entries.sort((a, b) => a.column - b.column)),
  { minLength: 1, maxLength: 6 },
);
const EMPTY = { version: 3, sources: ['a.ts', 'b.ts', 'c.ts'], mappings: '' };

test('entries that were written are read again, and Node finds them', () => {
  fc.assert(
    fc.property(lines, (wanted) => {
      const map = withEntries(EMPTY, () => wanted);
      let found: readonly (readonly Entry[])[] = [];
      withEntries(map, (read) => {
        found = read;
        return read;
      });
      assert.deepEqual(found, wanted);
      if ('Deno' in globalThis) return; // it has no reader of its own
      const node = new SourceMap({
        ...map,
        sources: [...map.sources],
        file: '',
        names: [],
        sourcesContent: [],
        sourceRoot: '',
      });
      for (const [i, entries] of wanted.entries())
        for (const { column, source, sourceLine, sourceColumn } of entries) {
          const found = node.findEntry(i, column) as SourceMapping;
          assert.deepEqual(
            [found.originalSource, found.originalLine, found.originalColumn],
            [EMPTY.sources[source], sourceLine, sourceColumn],
          );
        }
    }),
  );
});

test('what a map says of places without a source goes, and so does what is left out', () => {
  const map = withEntries({ ...EMPTY, mappings: 'A,IACC,EAAE' }, ([line]) => {
    assert.deepEqual(line, [
      { column: 4, source: 0, sourceLine: 1, sourceColumn: 1 },
      { column: 6, source: 0, sourceLine: 1, sourceColumn: 3 },
    ]);
    return [line!.slice(0, 1)];
  });
  assert.equal(map.mappings, 'IACC');
});
