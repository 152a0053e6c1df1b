/** @file Times of layers in a file: what was written is read, machine by machine; what is something else stays as it is. */
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTuning, writeTuning } from '../../src/io/tuning-file.ts';
import type { TuningTable } from '../../src/snn/tuning-table.ts';
import { inFolder } from '../support/in-folder.ts';

const HEADER = { format: 'strelu-tuning', unit: 'milliseconds of an image' };
const time = fc.double({ min: 0, max: 1e9, noNaN: true }).map((x) => Math.abs(x));
const tables = fc.array(
  fc.tuple(fc.string(), fc.record({ events: time, products: time }, { noNullPrototype: true })),
);

test('read = written, each machine by itself, and what was there before stays', () =>
  inFolder(async (path) => {
    let file = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 }),
        fc.array(tables, { minLength: 1, maxLength: 4 }),
        async (machines, written) => {
          const place = path(`tuned-${file++}.json`);
          const expected = new Map<string, TuningTable>();
          for (const [i, entries] of written.entries()) {
            const machine = machines[i % machines.length]!;
            await writeTuning(place, machine, new Map(entries));
            expected.set(machine, new Map([...(expected.get(machine) ?? []), ...entries]));
          }
          for (const machine of [...machines, 'another machine'])
            assert.deepEqual(await readTuning(place, machine), expected.get(machine) ?? new Map());
        },
      ),
      { numRuns: 40 },
    );
    assert.deepEqual(await readTuning(path('nothing.json'), 'a machine'), new Map());
  }));

test('runs that write at once all keep their times, and no lock stays', () =>
  inFolder(async (path) => {
    const layers = Array.from({ length: 6 }, (_, i) => [`layer ${i}`, { events: i, products: 1 }] as const);
    await Promise.all(layers.map((entry) => writeTuning(path('tuned.json'), 'a machine', new Map([entry]))));
    const kept = await readTuning(path('tuned.json'), 'a machine');
    assert.deepEqual([...kept].sort(), layers);
    assert.deepEqual(await readdir(path('.')), ['tuned.json']);
  }));

test('anything else is refused by what is wrong in it, and left as it is', () =>
  inFolder(async (path) => {
    const table = { '3x3': { events: 1, products: 2 } };
    const cases: (readonly [unknown, RegExp])[] = [
      ['no JSON', /tuned\.json: .*not JSON/],
      [[], /tuned\.json: expected a JSON object, found/],
      [{ machines: {} }, /tuned\.json: format should be one of strelu-tuning, found/],
      [
        { format: 'strelu-tuning', unit: 'hours', machines: {} },
        /tuned\.json: unit should be one of milliseconds of an image/,
      ],
      [{ ...HEADER, machines: 3 }, /tuned\.json: machines: expected a JSON object, found 3/],
      [{ ...HEADER, machines: {}, more: 1 }, /tuned\.json: .*"?more"?/],
      [
        { ...HEADER, machines: { a: { '3x3': { events: -1, products: 2 } } } },
        /tuned\.json: machines: a: 3x3: events should be a number from 0 to Infinity, found -1/,
      ],
      [{ ...HEADER, machines: { a: { '3x3': { events: 1 } } } }, /products should be a number/],
    ];
    for (const [content, message] of cases) {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      await writeFile(path('tuned.json'), text);
      await assert.rejects(readTuning(path('tuned.json'), 'a'), message);
      await assert.rejects(writeTuning(path('tuned.json'), 'a', new Map(Object.entries(table))), message);
      assert.equal(await readFile(path('tuned.json'), 'utf8'), text);
    }
  }));
