/**
 * @file The theory page states and proves every law once, each law has one test, and every link of the page leads to a file.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Built, this file lies one folder deeper. */
const root = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../../../', import.meta.url);
const page = readFileSync(new URL('THEORY.md', root), 'utf8');

test('every link and every named source file exists', () => {
  const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!);
  const named = [...page.matchAll(/`((?:src|test)\/[^`*]+)`/g)].map((match) => match[1]!);
  assert.ok(links.length > 20);
  for (const path of [...links, ...named]) assert.ok(existsSync(new URL(path, root)), path);
});

/** The laws that the page states, in the order in which it does. */
const laws = [...page.matchAll(/^\*\*L(\d+) ([^*]+)\*\*/gm)].map((match) => ({
  number: Number(match[1]),
  at: match.index,
}));
const isLaw = (name: string): boolean => /^l\d\d-.*\.test\.ts$/.test(name);
const files = readdirSync(new URL('test/laws/', root)).filter(isLaw).sort();

test('the page states L1, L2, L3 and so on, each once and in order, and each has one test file', () => {
  assert.ok(laws.length > 0);
  assert.deepEqual(
    laws.map(({ number }) => number),
    laws.map((_, k) => k + 1),
  );
  assert.deepEqual(
    files.map((name) => Number(name.slice(1, 3))),
    laws.map(({ number }) => number),
  );
});

test('every law has its proof on the page and a link to its test behind it', () => {
  laws.forEach(({ number, at }, k) => {
    const statement = page.slice(at, laws[k + 1]?.at ?? page.indexOf('\n## ', at));
    const proof = statement.indexOf('*Proof');
    assert.ok(proof > 0, `L${number}: a proof`);
    assert.ok(statement.indexOf(`(test/laws/${files[k]})`, proof) > 0, `L${number}: a link to ${files[k]}`);
    assert.equal(page.split(`(test/laws/${files[k]})`).length, 2, `L${number}: one link to ${files[k]}`);
  });
});

test('a test points to its law on the page and does not repeat the proof', () => {
  laws.forEach(({ number }, k) => {
    const text = readFileSync(new URL(`test/laws/${files[k]}`, root), 'utf8');
    assert.ok(text.includes(` * Statement and proof: L${number} in THEORY.md.\n`), `${files[k]}: its law`);
    assert.ok(!/\bproof\.|\* Proof/i.test(text), `${files[k]}: no proof`);
    const ids = [...text.matchAll(/^ *(?:law|example)\(\s*'([^']+)'/gm)].map((match) => match[1]);
    assert.ok(ids.length > 0 && ids.every((id) => id === `L${number}`), `${files[k]}: its id, found ${ids}`);
  });
});
