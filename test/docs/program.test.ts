/** @file What the pages' tests rest on: types go, imports are found, and a value that is not what a page says is noticed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf } from './blocks.ts';
import { runProgram, withoutTypes } from './program.ts';

test('types go, comparisons stay', () => {
  const code = `const a: Map<string, number> = f(x!, y![0]!.z);\nif (a !== b && !c) d = { e: 1 };\n`;
  assert.equal(withoutTypes(code), 'const a = f(x, y[0].z);\nif (a !== b && !c) d = { e: 1 };\n');
});

test('stated values are checked, prose is not', async () => {
  const code = `import { type Dataset, take as first } from 'strelu';\nconsole.log(first.name); // 'take': its own name\nconsole.log(1); // one\nconsole.log([1, 2]); // [1, 2]\n`;
  assert.equal(await runProgram(code, 'page'), 2);
});

test('a wrong value, an unknown name and an unknown module are noticed', async () => {
  await assert.rejects(runProgram('console.log(1 + 1); // 5\n', 'page'), /page: 5: found 2/);
  await assert.rejects(runProgram('console.log([1, 2]); // [1]\n', 'page'), /page: \[1\]: found 1,2/);
  await assert.rejects(runProgram(`import { nothing } from 'strelu';\nnothing();`, 'page'), /not a function/);
  await assert.rejects(runProgram(`import { x } from 'strelu/io';`, 'page'), /found 'strelu\/io'/);
});

test('blocks know their language and line', () => {
  const page = 'text\n\n```ts\na;\n```\n\n```json a.json\nb\n```\n';
  assert.deepEqual(blocksOf(page), [
    { language: 'ts', file: '', code: 'a;\n', line: 3 },
    { language: 'json', file: 'a.json', code: 'b\n', line: 7 },
  ]);
});
