/** @file A network's own images are divided as it learned them, in whatever spelling they are named; other divisions are told of. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { NO_DATA_WORDS } from '../../src/lab/data-words.ts';
import { learnedWords, sharedImages } from '../../src/lab/learned-words.ts';
import { openNetworkDataset } from '../../src/lab/network-dataset.ts';
import { inFolder } from '../support/in-folder.ts';

/** A hundred pictures of one pixel and two classes, no two alike. */
const LINES = Array.from({ length: 100 }, (_, i) => `${i % 2},${i},${255 - i},${i},0`).join('\n');

test('no image that a network learned is among its test images, however its file is spelt', () =>
  inFolder(async (path) => {
    await mkdir(path('d'));
    await writeFile(path('d/a.csv'), LINES);
    const spellings = [path('d/a.csv'), path('d/../d/./a.csv'), relative('.', path('d/a.csv'))];
    const provenance = { dataset: `csv:${path('d/a.csv')}`, split: 0.7, seed: 3 };
    const pixels = async (name: string, part: 'train' | 'test', notes: string[] = []): Promise<number[]> => {
      const request = { name: `csv:${name}` as const, note: (line: string) => notes.push(line) };
      const { dataset } = await openNetworkDataset({ provenance }, part, request);
      return Array.from({ length: dataset.count }, (_, i) => dataset.images[4 * i]!);
    };
    const learned = new Set(await pixels(path('d/a.csv'), 'train'));
    assert.equal(learned.size, 70);
    for (const name of spellings) {
      const notes: string[] = [];
      const tested = await pixels(name, 'test', notes);
      assert.equal(tested.length, 30, name);
      assert.ok(
        tested.every((pixel) => !learned.has(pixel)),
        name,
      );
      assert.deepEqual(
        notes.filter((line) => /learned/.test(line)),
        [],
      );
    }
  }));

test('the words of a network hold for its own data set alone; what is said goes before', () => {
  const provenance = { dataset: 'csv:a.csv', split: 0.7, size: '8x8', channels: 1, names: 'a,b' };
  const words = (source: string, own = {}) => learnedWords(provenance, source, { ...NO_DATA_WORDS, ...own });
  assert.deepEqual(words('csv:./a.csv'), {
    ...NO_DATA_WORDS,
    split: 0.7,
    size: '8x8',
    channels: 1,
    names: 'a,b',
  });
  assert.deepEqual(words('csv:b.csv'), { ...NO_DATA_WORDS, size: '8x8', channels: 1 });
  assert.deepEqual(words('mnist'), NO_DATA_WORDS);
  assert.equal(words('csv:a.csv', { split: 0.5 }).split, 0.5);
});

test('a word is said exactly where images that were learned may be tested', () => {
  const provenance = { dataset: 'csv:d/a.csv', split: 0.7, seed: 3 };
  const says = (source: string, split: number | undefined, seed = 3) =>
    sharedImages(provenance, source, { split, seed });
  assert.equal(says('csv:d/a.csv', 0.7), null);
  assert.equal(says('csv:./d/a.csv', 0.7), null);
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.integer({ min: 0, max: 9 }),
      (split, seed) => {
        const same = split === 0.7 && seed === 3;
        assert.equal(says('csv:./d/a.csv', split, seed) === null, same);
      },
    ),
  );
  assert.match(
    says('csv:d/a.csv', 0.5)!,
    /learned csv:d\/a\.csv with split 0\.7 and seed 3, now .* split 0\.5 and seed 3; leave both out$/,
  );
  assert.match(
    says('csv:/elsewhere/a.csv', undefined)!,
    /if these are the same images at another place, give that split and seed/,
  );
  assert.equal(says('csv:d/other.csv', undefined), null);
  assert.equal(says('npz:d/a.csv', undefined), null);
  assert.equal(says('mnist', undefined), null);
  assert.equal(sharedImages({ dataset: 'csv:d/a.csv' }, 'csv:d/a.csv', { split: undefined, seed: 1 }), null);
});
