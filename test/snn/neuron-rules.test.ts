/** @file What reset to zero and memory do that soft reset alone does not, on exact numbers. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BURST, burst } from '../../src/snn/neurons/burst.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { leakyNeuron } from '../../src/snn/neurons/leaky.ts';
import { memory } from '../../src/snn/neurons/memory.ts';
import { resetToZero } from '../../src/snn/neurons/reset-to-zero.ts';
import { unipolar } from '../../src/snn/neurons/unipolar.ts';
import { step } from '../../src/snn/step.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const ANY = neuronCases({ current: 4, v0: 2 });

test('reset to zero loses exactly the excess of m over theta, and never sends more than soft reset', () => {
  let lossy = 0;
  fc.assert(
    fc.property(ANY, ({ theta, v0, currents }) => {
      const hard = runNeuron(currents, v0, theta, resetToZero.rule);
      let excess = 0;
      currents.forEach((current, t) => {
        const m = (t === 0 ? v0 : hard.potentials[t - 1]!) + current;
        if (hard.spikes[t] === 0) assert.equal(hard.potentials[t], m);
        else {
          assert.equal(hard.potentials[t], 0);
          assert.ok(m >= theta);
          excess += m - theta;
        }
      });
      assert.equal(theta * hard.count + excess, sum(currents) + v0 - hard.v);
      assert.ok(hard.count <= runNeuron(currents, v0, theta, unipolar.rule).count);
      if (excess > 0) lossy++;
    }),
    { numRuns: 500 },
  );
  assert.ok(lossy > 100, `${lossy} lossy runs`);
});

test('a neuron with memory never owes a spike; where it never takes one back it is the unipolar neuron', () => {
  let taken = 0;
  fc.assert(
    fc.property(ANY, ({ theta, v0, currents }) => {
      const { spikes, potentials } = runNeuron(currents, v0, theta, memory.rule);
      let sent = 0;
      spikes.forEach((s, t) => {
        const m = (t === 0 ? v0 : potentials[t - 1]!) + currents[t]!;
        assert.equal(s, m >= theta ? 1 : m <= -theta && sent > 0 ? -1 : 0);
        sent += s;
        assert.ok(sent >= 0);
        if (s < 0) taken++;
      });
      if (!spikes.includes(-1))
        assert.deepEqual(spikes, runNeuron(currents, v0, theta, unipolar.rule).spikes);
    }),
    { numRuns: 500 },
  );
  assert.ok(taken > 100, `${taken} spikes taken back`);
});

test('what order costs a unipolar neuron (law L8), memory pays back', () => {
  for (let half = 1; half <= 16; half++) {
    const currents = [...new Array<number>(half).fill(4), ...new Array<number>(half).fill(-4)];
    assert.equal(runNeuron(currents, 0, 4, unipolar.rule).count, half);
    assert.equal(runNeuron(currents, 0, 4, memory.rule).count, 0);
  }
});

test('no neuron sends outside its range, whatever comes in', () => {
  const kinds = ['full', 'half', 'unipolar', 'reset-to-zero', 'leaky', 'memory', 'burst', 'rest'] as const;
  fc.assert(
    fc.property(neuronCases({ current: 12, v0: 2 }), fc.constantFrom(...kinds), (one, neuron) => {
      const known = neuronNamed(neuron);
      const { range, rule } = known.withSlope?.(0.5) ?? known;
      const { spikes } = runNeuron(one.currents, one.v0, one.theta, rule);
      for (const s of spikes) assert.ok(s >= range.lowest && s <= range.highest, `${neuron} sent ${s}`);
    }),
    { numRuns: 500 },
  );
  assert.equal(step(0, 100, 1, burst.rule).s, BURST);
  assert.equal(step(0, -1, 1, memory.rule, 1).s, -1);
  assert.equal(step(0, -2, 1, leakyNeuron(0.5).rule).s, -1);
});
