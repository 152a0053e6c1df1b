import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { REPORTED, readRun } from '../../src/report/runs/read-run.ts';
import { syntheticResults } from './fixture.ts';

const RESULTS = syntheticResults('synthetic', 3);

/** Every place in a JSON value, as the keys that lead there. */
function places(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]))];
}

/** A copy with another value at a place; undefined takes the key away. */
function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  const inner = changed(copy[key], rest, to);
  if (inner === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = inner;
  return copy;
}

test('every result that can be reported is read, with its origin', () => {
  assert.deepEqual(Object.keys(RESULTS).sort(), [...REPORTED].sort());
  for (const [command, result] of Object.entries(RESULTS)) {
    const run = readRun(JSON.stringify(result), 'runs/a.json', 'a');
    assert.equal(run.command, command);
    assert.deepEqual([run.name, run.file, run.version, run.seconds], ['a', 'runs/a.json', '0.0.0', 1.5]);
  }
});

test('what JSON writes as null is no number, and missing keys that may be missing are missing', () => {
  const run = readRun(JSON.stringify(RESULTS.train), 'a.json', 'a');
  assert.ok(run.command === 'train');
  assert.deepEqual(
    run.train.curve.map(({ testAccuracy }) => testAccuracy),
    [92, Number.NaN, 94, 95],
  );
  const simulated = readRun(JSON.stringify(changed(RESULTS.simulate, ['ann'], undefined)), 'a.json', 'a');
  assert.ok(!Object.hasOwn(simulated, 'ann'));
});

test('what cannot be of a comparison over seeds is refused by its place', () => {
  const wrong: [readonly string[], unknown][] = [
    [['seeds'], [3, 3]],
    [['steps'], [64, 32, 16, 8, 4, 2, 1]],
    [['contenders', '0', 'ann', '0'], 101],
    [['contenders', '0', 'energyRatio', '0.5', '0'], -1],
    [['contenders', '1', 'pairs', '64', 'onlyIt'], 201],
    [['contenders', '1', 'id'], 'synthetic-0'],
    [['claims', '0', 'verdict'], 'not decided'],
    // of another comparison than the one beside it
    [['dataset'], 'another'],
    [['images'], 99],
    [['contenders', '1', 'id'], 'another'],
    [['contenders', '1', 'accuracy', '64', '0'], 1],
  ];
  for (const [path, value] of wrong)
    assert.throws(
      () =>
        readRun(JSON.stringify(changed(RESULTS.compare, ['overSeeds', ...path], value)), 'runs/a.json', 'a'),
      (error) => error instanceof InputError && error.message.startsWith('runs/a.json'),
      path.join('.'),
    );
});

test('a wrong value anywhere is an error that names file and place, or is none of the report', () => {
  const all = Object.values(RESULTS).flatMap((result) => places(result).map((path) => ({ result, path })));
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.constantFrom<unknown>(undefined, 'text', true, [], {}, [[]]),
      ({ result, path }, value) => {
        try {
          readRun(JSON.stringify(changed(result, path, value)) ?? '', 'runs/a.json', 'a');
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
          assert.ok(error.message.startsWith('runs/a.json'), error.message);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('each required key is missed', () => {
  const cases: readonly (readonly [command: string, path: string[]])[] = [
    ['train', ['train', 'curve']],
    ['train', ['ann', 'accuracy']],
    ['sweep', ['sweep', 'tables']],
    ['sweep', ['sweep', 'tables', '0', 'rows', '0', 'figures', 'snn.accuracy.8', 'mean']],
    ['sweep', ['sweep', 'jobs', '0', 'state']],
    ['convert', ['conversion', 'layers']],
    ['simulate', ['spikes', 'density']],
    ['simulate', ['energy']],
    ['verify', ['laws']],
    ['verify', ['layers', '0', 'anatomy']],
    ['compare', ['comparison', 'contenders', '1', 'needed']],
    ['compare', ['comparison', 'contenders', '1', 'accuracy', '64']],
    ['compare', ['comparison', 'baseline']],
    ['compare', ['overSeeds', 'baseline']],
    ['compare', ['comparison', 'contenders', '0', 'zeros', 'macShare']],
    ['compare', ['overSeeds', 'contenders', '0', 'spare', '0', 'zeros']],
    ['compare', ['overSeeds', 'seeds', '1']],
    ['compare', ['overSeeds', 'contenders', '1', 'ann', '1']],
    ['compare', ['overSeeds', 'contenders', '0', 'needed', '0.5']],
    ['compare', ['overSeeds', 'contenders', '0', 'accuracy', '64']],
    ['compare', ['overSeeds', 'claims', '0', 'bySeed', '0']],
  ];
  for (const [command, path] of cases)
    assert.throws(
      () => readRun(JSON.stringify(changed(RESULTS[command], path, undefined)), 'a.json', 'a'),
      (error) => error instanceof InputError && error.message.startsWith('a.json'),
      `${command}: ${path.join('.')}`,
    );
});

test('results of other commands, and what is no result, are refused by name', () => {
  const demo = JSON.stringify({ ...RESULTS.train, command: 'demo' });
  assert.throws(
    () => readRun(demo, 'd.json', 'd'),
    /d\.json: expected a result of train, .*found one of "demo"/,
  );
  assert.throws(() => readRun('no JSON', 'd.json', 'd'), /d\.json: expected a result file/);
  assert.throws(() => readRun('[]', 'd.json', 'd'), /d\.json: expected an object, found \[\]/);
  assert.throws(() => readRun('{"command":"toString"}', 'd.json', 'd'), /found one of "toString"/);
});
