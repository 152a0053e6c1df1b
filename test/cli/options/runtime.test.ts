import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openRuntime } from '../../../src/cli/options/runtime.ts';

test('the runtime of a command is the one that its options describe', () => {
  for (const deterministic of [false, true]) {
    const runtime = openRuntime({ kernels: 'reference', workers: 2, deterministic });
    const { kernels, team } = runtime;
    assert.deepEqual([kernels.name, team.lanes, team.deterministic], ['reference', 2, deterministic]);
    runtime.close();
  }
});

test('no command opens a runtime past its options', async () => {
  const commands = new URL('../../../src/cli/commands/', import.meta.url);
  const files = (await readdir(commands)).filter((file) => /(?<!\.d)\.(ts|js)$/.test(file));
  assert.ok(files.length >= 8);
  for (const file of files)
    assert.doesNotMatch(await readFile(new URL(file, commands), 'utf8'), /createRuntime/, file);
});
