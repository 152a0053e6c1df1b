import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { UsageError } from '../../src/errors.ts';
import { choice, flag, integer, integers, real, text } from '../../src/terminal/options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';

const TABLE = {
  seed: integer(1, 'seed', 0, 1000),
  steps: integers([1, 2], 'steps', 1, 256),
  neuron: choice(['full', 'half'], 'half', 'neuron'),
  out: text('FILE', 'file'),
  theta: real(1, 'theta', 0, 2),
  resume: flag('resume'),
};

const fails = (words: string[], message: RegExp): void =>
  assert.throws(
    () => parseOptions(words, TABLE),
    (error) => error instanceof UsageError && message.test(error.message) && !error.message.includes('\n'),
  );

test('what is written is what is read, in any order and in both spellings', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 256 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('full', 'half'),
      fc.boolean(),
      fc.boolean(),
      fc.nat(),
      (seed, steps, neuron, resume, joined, turn) => {
        const options = [
          ['--seed', String(seed)],
          ['--steps', steps.join(',')],
          ['--neuron', neuron],
          ...(resume ? [['--resume']] : []),
          ['model'],
        ];
        for (let i = 0; i < turn % options.length; i++) options.push(options.shift()!);
        const words = options.flatMap((pair) => (joined && pair.length === 2 ? [pair.join('=')] : pair));
        const { values, positionals, given } = parseOptions(words, TABLE);
        assert.equal(values.seed, seed);
        assert.deepEqual(
          values.steps,
          [...steps].sort((a, b) => a - b),
        );
        assert.equal(values.neuron, neuron);
        assert.equal(values.resume, resume);
        assert.equal(values.out, null);
        assert.deepEqual(positionals, ['model']);
        assert.equal(given.has('resume'), resume);
      },
    ),
  );
});

test('nothing given: every default', () => {
  const { values, given } = parseOptions([], TABLE);
  assert.deepEqual(values, { seed: 1, steps: [1, 2], neuron: 'half', out: null, theta: 1, resume: false });
  assert.equal(given.size, 0);
});

test('any word that is not in the table is refused', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,8}$/), (name) => {
      fc.pre(!Object.hasOwn(TABLE, name));
      fails([`--${name}`], /^unknown option --/);
      fails([`--${name}=3`], /^unknown option --/);
    }),
  );
  fails(['--sede', '3'], /did you mean --seed\?/);
  fails(['--constructor'], /unknown option/);
  fails(['-s', '3'], /unknown option -s/);
});

test('a value that is missing, doubled, or out of range is refused by name', () => {
  fails(['--seed'], /--seed needs a value: --seed N/);
  fails(['--seed', '--resume'], /--seed needs a value/);
  fails(['--seed', '1', '--seed', '1'], /given twice/);
  fails(['--seed', '1.5'], /--seed: expected a whole number from 0 to 1000, found "1\.5"/);
  fails(['--seed', '1001'], /found "1001"/);
  for (const found of ['1e4', '1e13', '1e999', '1e-1', 'e1', '1e', '0x10'])
    fails(['--seed', found], new RegExp(`found "${found}"`));
  for (const written of ['1e2', '1E2', '1e+2', '100'])
    assert.equal(parseOptions(['--seed', written], TABLE).values.seed, 100);
  fails(['--seed', ''], /found ""/);
  fails(['--steps', '0,1'], /--steps: expected a whole number from 1 to 256, found "0"/);
  fails(['--steps', '1,,2'], /found ""/);
  fails(['--neuron', 'ful'], /--neuron: unknown value "ful"; did you mean full\?/);
  fails(['--resume=yes'], /takes no value/);
  fails(['--out='], /--out: expected the name of a file or folder, found an empty one/);
  fails(['--theta', '-1'], /a number from 0 to 2, found "-1"/);
  fails(['--theta', 'NaN'], /found "NaN"/);
});

test('after -- everything is a name, even with dashes', () => {
  assert.deepEqual(parseOptions(['--', '--seed'], TABLE).positionals, ['--seed']);
});
