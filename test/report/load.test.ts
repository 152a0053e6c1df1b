import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageTools } from '../../src/cli/demo/page-tools.ts';
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

test('whether a page can be drawn is known before the work; other errors stay errors', async () => {
  const none = () => loadPlot({ ...peers, plot: () => missing('plot') });
  const { plotter, words } = await pageTools(none);
  assert.equal(plotter, null);
  assert.match(words, /^No page will be written: .*npm i @observablehq\/plot linkedom/);
  await assert.rejects(
    pageTools(() => Promise.reject(new RangeError('a fault'))),
    RangeError,
  );
  const found = await pageTools(() => loadPlot(peers));
  assert.ok(found.plotter);
  assert.equal(found.words, '');
});
