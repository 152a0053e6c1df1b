/** @file What is printed to be copied is one word for a shell, and names the file that is meant. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { test } from 'node:test';
import fc from 'fast-check';
import { shellFile, shellWord } from '../../src/platform/shell-words.ts';

test('plain names stay as they are', () => {
  for (const name of ['runs/digits.safetensors', './a-b_c.onnx', 'folder:leaves', 'csv:zähler.csv'])
    assert.equal(shellWord(name), name);
  assert.equal(shellWord('my net.onnx'), '"my net.onnx"');
  assert.equal(shellWord("it's.onnx"), '"it\'s.onnx"');
  assert.equal(shellWord('$HOME/a'), "'$HOME/a'");
  assert.equal(shellWord(''), '""');
  assert.equal(shellFile('-net.onnx'), './-net.onnx');
});

test('a shell gives back the word', { skip: process.platform === 'win32' && 'its shell is another' }, () => {
  const texts = fc.array(
    fc.string({ minLength: 1, unit: fc.constantFrom(...'aä -"\'$`!%*?~#&;|()<>[]{}=\t,./\\') }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(texts, (words) => {
      const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
      const found = execFileSync('sh', ['-c', line], { encoding: 'utf8' });
      assert.equal(found, `${words.join('\0')}\0`);
    }),
    { numRuns: 20 },
  );
});
