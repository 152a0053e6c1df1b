/**
 * @file L1, conservation: random currents, starts and firing rules, and the tracer and the emission beside them. What
 * was sent and what is left must add up to what came in, exactly.
 * Statement and proof: L1 in THEORY.md.
 */

import fc from 'fast-check';
import { emit } from '../../src/snn/accumulate.ts';
import { burst } from '../../src/snn/neurons/burst.ts';
import { full } from '../../src/snn/neurons/full.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { memory } from '../../src/snn/neurons/memory.ts';
import { tracer } from '../../src/snn/neurons/tracer.ts';
import { unipolar } from '../../src/snn/neurons/unipolar.ts';
import { step } from '../../src/snn/step.ts';
import { law, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const anything = neuronCases({ current: 5, v0: 3 });
const rules = fc.constantFrom(
  full.rule,
  half.rule,
  unipolar.rule,
  memory.rule,
  burst.rule,
  { phiUp: 0.25, phiDown: 2 },
  { phiUp: 3, phiDown: 0.5 },
);

law(
  'L1',
  'conservation: theta*N = sum I + v0 - v_T, for any current, v0 and firing rule',
  fc.tuple(anything, rules),
  ([{ theta, v0, currents }, rule]) => {
    const { count, v } = runNeuron(currents, v0, theta, rule);
    const error = Math.abs(theta * count - (sum(currents) + v0 - v));
    return { value: error, bound: 0 };
  },
);

law('L1', 'the tracer and the emission conserve the same way', anything, ({ theta, currents }) => {
  let [v, sent] = [theta / 2, 0];
  for (const current of currents) {
    const fired = step(v, current, theta, tracer.rule, sent, currents.length);
    [v, sent] = [fired.v, sent + fired.s];
  }
  same(theta * sent, sum(currents) + theta / 2 - v, 'theta*N of the tracer');
  const total = sum(currents);
  const emission = emit(half, total, theta, currents.length);
  same(theta * emission.count, total + theta / 2 - emission.v, 'theta*N of the emission');
  same(emission.count, sum(emission.spikes), 'the count of the emission');
});
