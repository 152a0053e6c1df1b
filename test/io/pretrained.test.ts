import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadModel } from '../../src/io/model-file.ts';
import { networkPath, pretrainedFile, pretrainedFolder, readPretrained } from '../../src/io/pretrained.ts';

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
