/** @file What builds the site: dead links are found, sections are read from the public page, formulas are told from prices. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sections } from '../../scripts/docs/arrange.ts';
import { deadLinks } from '../../scripts/docs/dead-links.ts';
import { formulas } from '../../scripts/docs/formulas.ts';
import { inFolder } from '../support/in-folder.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

test('links to pages and places that are not there are found, others are left alone', () =>
  inFolder(async (path) => {
    mkdirSync(path('sub'));
    writeFileSync(
      path('index.html'),
      '<h2 id="a-place"></h2><a href="sub/b.html#x">b</a><a href="#a-place">a</a>',
    );
    writeFileSync(
      path('sub/b.html'),
      '<i id="x"></i><a href="../index.html#a-place"></a><a href="../index.html#gone"></a><img src="c.png"><a href="https://example.org"></a>',
    );
    const b = join('sub', 'b.html');
    assert.deepEqual(deadLinks(path('.')), [`${b}: ../index.html#gone`, `${b}: c.png`]);
  }));

test('a public name has the section in which it is exported', () => {
  const found = sections();
  assert.equal(found.get('Random'), 'Errors, and randomness from a seed');
  assert.equal(found.get('TensorInterface'), 'Tensors and automatic differentiation');
  assert.ok(found.size > 200);
});

/** What the inline rule takes out of a text, from its first dollar. */
function formulaIn(src: string): string | null {
  let rule: ((state: object, silent: boolean) => boolean) | undefined;
  const parser = {
    inline: {
      ruler: {
        after: (_: string, __: string, own: never) => {
          rule = own;
        },
      },
    },
    block: { ruler: { before: () => {} } },
    renderer: { rules: {} },
  };
  formulas(parser, { renderToString: () => '' });
  const token = { content: '' };
  const state = { src, pos: src.indexOf('$'), push: () => token };
  return rule!(state, false) ? token.content : null;
}

test('a formula is between dollars that touch it; a price is none', () => {
  assert.equal(formulaIn('the rate $\\theta N / T$ is'), '\\theta N / T');
  assert.equal(formulaIn('$a \\$ b$'), 'a \\$ b');
  assert.equal(formulaIn('costs $5 and $6'), null);
  assert.equal(formulaIn('$ x$'), null);
  assert.equal(formulaIn('$HOME'), null);
});

test('no comment begins with "[x]:", which Markdown takes for a link and does not show; write `[x]`', () => {
  for (const file of readdirSync(SOURCE_FOLDER, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(new URL(file.replaceAll('\\', '/'), SOURCE_FOLDER), 'utf8');
    assert.doesNotMatch(text, /^\s*(?:\/\*\*|\*) \[[^\]`]+\]:/m, file);
  }
});
