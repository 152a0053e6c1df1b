import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writePage } from '../../src/cli/demo/write-page.ts';
import { InputError } from '../../src/errors.ts';
import { loadPlot, type Peers } from '../../src/report/plot/load.ts';

const missing = (name: string): Promise<never> => Promise.reject(new Error(`Cannot find package '${name}'`));
const peers: Peers = {
  plot: () => import('@observablehq/plot'),
  dom: () => import('linkedom'),
};

test('without one of the two packages the error says what to install', async () => {
  for (const without of [
    { ...peers, plot: () => missing('plot') },
    { ...peers, dom: () => missing('linkedom') },
  ])
    await assert.rejects(loadPlot(without), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(
        error.message,
        /npm i @observablehq\/plot linkedom \(without a project: npx -p strelu -p @observablehq\/plot -p linkedom strelu report\)$/,
      );
      return true;
    });
});

test('a page that cannot be drawn is not written, and the words say how to get it; other errors stay errors', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-page-'));
  try {
    const path = join(folder, 'page.html');
    const none = () => loadPlot({ ...peers, plot: () => missing('plot') });
    const { written, words } = await writePage(path, () => 'page', none);
    assert.equal(written, false);
    assert.match(words, /npm i @observablehq\/plot linkedom .*, then run this again/);
    assert.deepEqual(await readdir(folder), []);
    const broken = () => Promise.reject(new RangeError('a fault'));
    await assert.rejects(
      writePage(path, () => 'page', broken),
      RangeError,
    );
    assert.equal((await writePage(path, () => 'page')).written, true);
    assert.equal(await readFile(path, 'utf8'), 'page');
  } finally {
    await rm(folder, { recursive: true });
  }
});
