/** @file What becomes of a source: every mutant parses, differs from it in its own place alone, and is offered once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'acorn';
import fc from 'fast-check';
import { mutantsOf } from './mutants.ts';
import { keysOf } from './results.ts';

/** All that stands in the place of the text between bars. */
function changes(text: string): string[] {
  return mutantsOf(text).map(({ start, end, to }) => text.slice(0, start) + to + text.slice(end));
}

test('a line of each operator', () => {
  for (const [text, ...expected] of [
    ['a < b', 'a <= b', 'a >= b'],
    ['a - b', 'a + b'],
    ['a && b', 'a || b'],
    ['a ?? b', 'a'],
    ['!a', 'a'],
    ['-a', 'a'],
    ['a += b', 'a -= b'],
    ['a++', 'a--'],
    ['Math.min(a, b)', 'Math.max(a, b)'],
    ['Math.abs(a)', '(a)'],
    ['a.slice(b, c)', 'a.slice((b) + 1, c)', 'a.slice(b, (c) + 1)'],
    ['a.some(b)', 'a.every(b)'],
    ['a.filter(b)', 'a'],
    ['f(3)', 'f(4)', 'f(2)'],
    ['f(0)', 'f(1)'],
    ['f(0.5)', 'f(1)', 'f(0.25)'],
    ['f(true)', 'f(false)'],
    ['`x` + a'],
    ['(a + "x") + b'],
    ['a ? b : c', 'a ? c : b'],
    ['!(a || b)', '(a || b)', '!(a && b)'],
  ] as const)
    assert.deepEqual(
      changes(`x = ${text}`).slice(1),
      expected.map((to) => `x = ${to}`),
      text,
    );
  assert.deepEqual(changes('if (a) b();'), ['if (true) b();', 'if (false) b();', 'if (a) ;']);
  assert.deepEqual(changes('throw new Error(a + 1);'), []);
  assert.deepEqual(changes('import a from "b";'), []);
  assert.ok(!changes('for (let i = 0; i < n; i++) f();').some((text) => text.includes('i--')));
});

/** Small programs, grown from their grammar. */
const { program } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', '0', '1', '2.5', 'true', '"text"'),
    fc
      .tuple(tie('value'), fc.constantFrom('+', '-', '*', '<', '>=', '===', '&&', '>>>', '%'), tie('value'))
      .map(([x, operator, y]) => `(${x} ${operator} ${y})`),
    tie('value').map((x) => `!${x}`),
    fc.tuple(tie('value'), tie('value')).map(([x, y]) => `Math.max(\n${x}, ${y},\n)`),
    tie('value').map((x) => `(${x} ?? c.subarray(${x}))`),
    fc.tuple(tie('value'), tie('value'), tie('value')).map(([x, y, z]) => `(${x} ? ${y} : ${z})`),
  ),
  line: fc.oneof(
    tie('value').map((x) => `f(${x});`),
    tie('value').map((x) => `a += ${x};`),
    fc.tuple(tie('value'), tie('value')).map(([x, y]) => `if (${x}) {\n  a = ${y};\n}`),
    tie('value').map((x) => `for (let i = 0; i < ${x}; i++) { if (i) continue; f(i); }`),
  ),
  program: fc.array(tie('line'), { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
}));

test('every mutant parses, none is the source, and each has a name of its own', () => {
  fc.assert(
    fc.property(program as fc.Arbitrary<string>, (text) => {
      const mutants = mutantsOf(text);
      assert.ok(mutants.length > 0);
      assert.equal(new Set(keysOf('file', mutants)).size, mutants.length);
      for (const { start, end, to, line } of mutants) {
        const changed = text.slice(0, start) + to + text.slice(end);
        assert.notEqual(changed, text);
        parse(changed, { ecmaVersion: 'latest', sourceType: 'module' });
        assert.equal(line, text.slice(0, start).split('\n').length);
      }
    }),
  );
});
