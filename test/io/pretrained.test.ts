import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { InputError } from '../../src/errors.ts';
import { loadModel } from '../../src/io/model-file.ts';
import {
  networkPath,
  parsePretrained,
  pretrainedFile,
  pretrainedFolder,
  readPretrained,
} from '../../src/io/pretrained.ts';
import { inFolder } from '../support/in-folder.ts';

test('every network that comes with the program is whole, is what its line says, and is found by name', async () => {
  const folder = await pretrainedFolder();
  for (const entry of await readPretrained(folder)) {
    const path = await pretrainedFile(folder, entry);
    assert.equal(await networkPath(`pretrained:${entry.name}`), path);
    const { provenance } = await loadModel(path);
    assert.deepEqual(
      [provenance.dataset, provenance.seed, provenance.accuracy],
      [entry.dataset, entry.seed, entry.accuracy.ann],
    );
    assert.ok(entry.command.startsWith('strelu train '));
    // a few MB in all
    assert.ok(entry.bytes < 4e6, entry.name);
  }
});

test('a path stays a path; a name that is not there is refused with those that are', async () => {
  assert.equal(await networkPath('runs/a.safetensors'), 'runs/a.safetensors');
  await assert.rejects(
    networkPath('pretrained:nobody'),
    /^InputError: pretrained:nobody: no such network .* there are: /,
  );
});

const ENTRY = {
  name: 'net',
  file: 'net.safetensors',
  sha256: 'a'.repeat(64),
  bytes: 1,
  dataset: 'mnist',
  command: 'strelu train',
  seed: 1,
  accuracy: { ann: 99, flipped: 99 },
  images: 10,
};

test('a file of the index stays in the folder of the index, and has a digest', () => {
  const parse = (change: object) => parsePretrained({ networks: [{ ...ENTRY, ...change }] }, 'index.json');
  assert.deepEqual(parse({}), [ENTRY]);
  for (const file of ['../../etc/passwd', '/etc/passwd', 'a/b', '..', '', 'C:\\x', 'a\0'])
    assert.throws(
      () => parse({ file }),
      (error) =>
        error instanceof InputError &&
        /networks\[0\]: file should be a name beside the index/.test(error.message),
    );
  for (const sha256 of ['', 'A'.repeat(64), 'a'.repeat(63), 'none'])
    assert.throws(
      () => parse({ sha256 }),
      /^InputError: index\.json: networks\[0\]: sha256 should be 64 hex/,
    );
});

test('the name alone, or behind a slip, is told with the word before it; what lies there is a path', async () => {
  for (const path of ['strokes-lenet-strelu', 'pretraind:strokes-lenet-strelu'])
    await assert.rejects(
      networkPath(path),
      /^InputError: .*strokes-lenet-strelu: cannot be read \(no such file\); did you mean pretrained:strokes-lenet-strelu\?$/,
    );
  await inFolder(async (path) => {
    await writeFile(path('strokes-lenet-strelu'), '');
    assert.equal(await networkPath(path('strokes-lenet-strelu')), path('strokes-lenet-strelu'));
  });
});

test('figures of the index are percents and counts, their ends included', () => {
  const parse = (change: object) => parsePretrained({ networks: [{ ...ENTRY, ...change }] }, 'index.json');
  for (const good of [
    { accuracy: { ann: 0, flipped: 100 } },
    { accuracy: { ann: 100, flipped: 0 } },
    { seed: 0 },
    { bytes: 1, images: 1 },
  ])
    assert.deepEqual(parse(good), [{ ...ENTRY, ...good }]);
  for (const [bad, field] of [
    [{ accuracy: { ann: -0.1, flipped: 1 } }, 'ann'],
    [{ accuracy: { ann: 100.1, flipped: 1 } }, 'ann'],
    [{ accuracy: { ann: 1, flipped: -0.1 } }, 'flipped'],
    [{ accuracy: { ann: 1, flipped: 100.1 } }, 'flipped'],
    [{ seed: -1 }, 'seed'],
    [{ bytes: 0 }, 'bytes'],
    [{ images: 0 }, 'images'],
  ] as const)
    assert.throws(() => parse(bad), new RegExp(`^InputError: .*${field} should be`), JSON.stringify(bad));
});
