import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { UsageError } from '../../src/errors.ts';
import { flag, integer } from '../../src/terminal/options.ts';
import { readToolWords, type Tool, toolHelp } from '../../src/terminal/tool-options.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const TOOL: Tool<{ count: ReturnType<typeof integer>; green: ReturnType<typeof flag> }> = {
  name: 'kills',
  says: ['Kills.', 'Status 1 at a fault.'],
  options: { count: integer(100, 'kills of each', 1), green: flag('they pass') },
};

test('options of a script: values, defaults, help', () => {
  const read = readToolWords(['--count', '7'], TOOL);
  assert.ok(read !== 'help');
  assert.deepEqual([read.values.count, read.values.green], [7, false]);
  assert.equal(readToolWords(['--help'], TOOL), 'help');
  assert.deepEqual(toolHelp(TOOL).split('\n').slice(0, 4), [
    'Usage: npm run kills -- [options]',
    '',
    'Kills.',
    'Status 1 at a fault.',
  ]);
  assert.match(toolHelp(TOOL), /^ {2}--count N +kills of each \[100\]$/m);
  assert.match(
    toolHelp({ ...TOOL, words: '[LAW...]' }),
    /^Usage: npm run kills -- \[LAW\.\.\.\] \[options\]$/m,
  );
  assert.equal(toolHelp({ name: 'build', says: ['Builds.'] }), 'Usage: npm run build\n\nBuilds.');
});

test('a script takes no word that it does not know', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,12}$/), fc.boolean(), (word, dashes) => {
      fc.pre(!['help', 'count', 'green'].includes(word));
      const words = [dashes ? `--${word}` : word];
      assert.throws(() => readToolWords(words, TOOL), UsageError);
      assert.throws(() => readToolWords(words, { name: 'build', says: [] }), UsageError);
    }),
  );
  const read = readToolWords(['L1', 'L7'], { ...TOOL, words: '[LAW...]' });
  assert.deepEqual(read !== 'help' && read.positionals, ['L1', 'L7']);
});

test('every script of package.json reads its words by a table of options', () => {
  const root = new URL('../', SOURCE_FOLDER);
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const ours = Object.entries(scripts).filter(([, line]) => /^node (--import \S+ )?\S+\.ts$/.test(line));
  assert.ok(ours.length >= 25, String(ours.length));
  for (const [name, line] of ours) {
    const file = line.split(' ').at(-1)!;
    const text = readFileSync(new URL(file, root), 'utf8');
    if (/toolOptions\(\{|runTool\(/.test(text)) assert.match(text, new RegExp(`name: '${name}'`), file);
    else assert.match(text, /(main|runCommandLine)\(process\.argv/, file);
  }
});
