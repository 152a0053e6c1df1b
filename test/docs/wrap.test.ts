/** @file Prose in lines of at most 130 columns: broken between words, never where Markdown would read something else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLUMNS, wrapped } from '../../scripts/pages/wrap.ts';

const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');
const lengths = (text: string): number[] => text.split('\n').map((line) => line.length);

test('a long line is broken between words, with nothing lost, and not again', () => {
  const line = words(60);
  const text = wrapped(`short\n${line}\n`);
  assert.ok(Math.max(...lengths(text)) <= COLUMNS);
  assert.equal(text.replaceAll('\n', ' '), `short ${line} `);
  assert.equal(wrapped(text), text);
});

test('the text of a list item and of a quotation goes on below itself', () => {
  assert.match(wrapped(`- ${words(40)}`), /^- word.*\n {2}word/);
  assert.match(wrapped(`1. ${words(40)}`), /^1\. word.*\n {3}word/);
  assert.match(wrapped(`> ${words(40)}`), /^> word.*\n> word/);
});

test('tables, headings, tags, addresses, code and formulas stay', () => {
  const long = words(40);
  for (const line of [`| ${long} |`, `# ${long}`, `<img alt="${long}">`, `[name]: ${long}`, `    ${long}`])
    assert.equal(wrapped(line), line);
  for (const block of [`\`\`\`text\n${long}\n\`\`\``, `$$\n${long}\n$$`]) assert.equal(wrapped(block), block);
});

test('nothing is broken within code, a formula or a link, and no line begins with a sign of Markdown', () => {
  for (const part of ['`a b c d e f`', '$a + b = c$', '[one two](three.md)', '![one two](three.png)'])
    for (let before = 20; before < 30; before++)
      assert.ok(wrapped(`${words(before)} ${part} ${words(20)}`).includes(part), part);
  for (const sign of ['-', '+', '*', '#', '1.', '>', '|'])
    for (let before = 20; before < 30; before++)
      for (const line of wrapped(`${words(before)} ${sign} ${words(20)}`).split('\n'))
        assert.ok(!line.startsWith(sign), line);
});
