/** @file Every change of the ablation study is a run that `strelu train` takes, with each of its options in effect. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changes } from '../../bench/ablation/changes.ts';
import { refuseUseless } from '../../src/cli/options/refuse-useless.ts';
import { methodNamed } from '../../src/convert/methods/index.ts';
import { recordOf } from '../../src/lab/training/run-record.ts';
import { TRAINING_DEFAULTS } from '../../src/lab/training/training-run.ts';

test('every change is in effect, is converted by a method for its activation, and learns from an earlier one', () => {
  const all = changes(3);
  const ids = all.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const [i, { id, run, teacher, method = 'strelu' }] of all.entries()) {
    const whole = { ...TRAINING_DEFAULTS, model: 'vgg8', epochs: 3, ...run } as const;
    const teaching = teacher === undefined ? whole : { ...whole, teacher };
    refuseUseless(recordOf(teaching), new Set(Object.keys(recordOf(run))));
    assert.ok(methodNamed(method).activations.includes(whole.activation), id);
    if (teacher !== undefined) assert.ok(ids.slice(0, i).includes(teacher), id);
  }
});
