import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseBaseline, METHOD_OPTION } from '../../../src/cli/options/contenders.ts';
import { CONTENDERS } from '../../../src/lab/compare/contenders.ts';

test('names of methods: each once, in the order of the table; a slip names the near ones', () => {
  assert.deepEqual(METHOD_OPTION.parse('strelu-half,qcfs,strelu-half'), ['qcfs', 'strelu-half']);
  assert.throws(() => METHOD_OPTION.parse('qfcs'), /unknown contender "qfcs"; did you mean qcfs\?/);
  assert.throws(() => METHOD_OPTION.parse(''), /unknown contender ""/);
});

test('the baseline is one of ours, fixed beforehand, and compared', () => {
  assert.equal(chooseBaseline(CONTENDERS, null), 'strelu-grid-half');
  assert.equal(chooseBaseline(CONTENDERS, 'qcfs'), 'qcfs');
  const without = CONTENDERS.filter(({ training }) => training !== 'strelu-grid');
  assert.equal(chooseBaseline(without, null), 'strelu-half');
  assert.throws(() => chooseBaseline(without, 'strelu-grid-half'), /is not among --methods/);
  const rivals = CONTENDERS.filter(({ ours }) => !ours);
  assert.throws(() => chooseBaseline(rivals, null), /--methods: expected one that ratios are taken against/);
});
