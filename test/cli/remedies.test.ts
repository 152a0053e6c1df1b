import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { COMMANDS as ENTRIES } from '../../src/cli/commands.ts';
import { remedyFor } from '../../src/cli/remedies.ts';
import { type ErrorCode, InputError, UsageError } from '../../src/errors.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

/** All of them: the compiler misses one that is left out. */
const CODES: Readonly<Record<ErrorCode, true>> = {
  'batch-too-large': true,
  'batch-too-small': true,
  'dataset-missing': true,
  'heap-full': true,
  'layer-dead': true,
  'layer-overflows': true,
  'loss-not-finite': true,
  'map-too-small': true,
  'method-unfit': true,
  'result-unreadable': true,
  'settling-unfit': true,
  'tune-no-choice': true,
  'tune-off-grid': true,
  'size-missing': true,
  'sizes-differ': true,
  'split-missing': true,
  'training-kept': true,
  'threshold-dead': true,
  'weights-missing': true,
};

const COMMANDS = await Promise.all(ENTRIES.map(({ load }) => load()));

test('every code has a remedy, and every option and command that it names is one', () => {
  const options = new Set(
    [...COMMANDS, { options: COMMON_OPTIONS }].flatMap((one) => Object.keys(one.options)),
  );
  for (const code of Object.keys(CODES) as ErrorCode[]) {
    const remedy = remedyFor(new InputError('mnist: not found', { code }));
    assert.ok(remedy);
    const named = [...remedy.matchAll(/--([a-z-]+)/g)].map(([, option]) => option!);
    assert.ok(named.length > 0, remedy);
    for (const option of named) assert.ok(options.has(option), `${code}: --${option} is no option`);
    for (const [, command] of remedy.matchAll(/strelu ([a-z]+)/g))
      assert.ok(
        COMMANDS.some(({ name }) => name === command),
        `${code}: ${command} is no command`,
      );
  }
  assert.equal(remedyFor(new UsageError('steps: expected 1')), null);
  assert.equal(remedyFor(new Error('a bug')), null);
});

test('the command line says its own remedy after the message of the library, in one line', async () => {
  await inFolder(async (path) => {
    await writeFile(path('run.json'), 'no JSON');
    await writeFile(path('net.json'), '{ "name": "net", "layers": [] }');
    const fails = async (words: string[], message: RegExp): Promise<void> => {
      const { status, stderr } = await strelu([...words, '--quiet']);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
      assert.equal(status, 1);
    };
    await Promise.all([
      fails(
        ['report', path('run.json'), '--out', path('a.html')],
        /found something else: it is not JSON: line 1, column 1: .*; on the command line: .*--json/,
      ),
      fails(
        ['train', '--dataset', 'mnist', '--data', path('.'), '--out', path('a')],
        /name the directory .*; on the command line: run "strelu datasets --only mnist", .*--data/,
      ),
      fails(
        [...'train --limit 20 --batch-size 32 --out'.split(' '), path('c')],
        /at most the 20 images .*found 32; use a smaller one; on the command line: a smaller --batch-size/,
      ),
      ...['convert', 'export', 'simulate'].map((command) =>
        fails(
          [command, path('net.json')],
          /net\.json: expected a file with weights \(safetensors\), found JSON; .*; on the command line: run "strelu train --model \S+net\.json", or "strelu import WEIGHTS --model/,
        ),
      ),
      fails(
        [
          ...'train --activation relu --lr 100 --width 0.1 --limit 512 --batch-size 32 --out'.split(' '),
          path('b'),
        ],
        /lower the learning rate \(now .*\); on the command line: train with a lower --lr/,
      ),
    ]);
  });
});
