/** @file The notebooks: their cells run from the top, their values are what they say, and nothing is saved in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notebookNames, programOfNotebook, readNotebook } from './notebook.ts';
import { runProgram } from './program.ts';

test('there are three', () => assert.equal(notebookNames.length, 3));

for (const name of notebookNames) {
  const notebook = readNotebook(name);

  test(`${name} is for Deno's kernel, and holds no outputs`, () => {
    assert.equal(notebook.nbformat, 4);
    assert.deepEqual(
      [notebook.metadata.kernelspec.name, notebook.metadata.kernelspec.language],
      ['deno', 'typescript'],
    );
    assert.ok(notebook.cells.every(({ outputs = [] }) => outputs.length === 0));
  });

  test(`${name} imports only packages`, () => {
    for (const [, module] of programOfNotebook(notebook).matchAll(/ from '([^']+)'/g))
      assert.match(module!, /^npm:strelu(?:\/node)?$/);
  });

  test(`the cells of ${name} run`, async () => {
    const shown: string[] = [];
    const show = (text: TemplateStringsArray, ...values: unknown[]): void => {
      shown.push(String.raw({ raw: text }, ...values));
    };
    const Deno = { jupyter: { md: show, svg: show, html: show } };
    const checked = await runProgram(programOfNotebook(notebook), name, { Deno });
    assert.ok(checked >= 2, `${checked} values stated`);
    assert.ok(shown.length >= 1, 'it shows something');
    for (const one of shown) assert.doesNotMatch(one, /undefined|NaN|\[object/, name);
  });
}
