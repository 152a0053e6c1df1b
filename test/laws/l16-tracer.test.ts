/**
 * @file L16, the tracer: one neuron with any input, whole networks in rational arithmetic, and every engine in the
 * settling schedule, against the quantised count, with the number of steps beside the bound.
 * Statement and proof: L16 in THEORY.md.
 */

import fc from 'fast-check';
import { tracer } from '../../src/snn/neurons/tracer.ts';
import { step } from '../../src/snn/step.ts';
import { example, holds, law, same } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { clip, sum } from '../support/numbers.ts';
import { oracleOf } from '../support/oracle/from-spiking.ts';
import { oracleQuantised, oracleRun, rationals } from '../support/oracle/network.ts';
import { equalRational, sameCounts } from '../support/same-as-oracle.ts';
import { SETTLING, settlesOnQuantised } from '../support/settles-on-quantised.ts';

law(
  'L16',
  'tracer: settles on clip(floor(sum I/theta + 1/2), -T, T) for any input, within 2T steps after it',
  fc.tuple(neuronCases({ current: 5, v0: 0 }), fc.integer({ min: 1, max: 12 })),
  ([{ theta, currents }, limit]) => {
    let [v, sent] = [theta / 2, 0];
    const feed = (current: number): void => {
      const fired = step(v, current, theta, tracer.rule, sent, limit);
      [v, sent] = [fired.v, sent + fired.s];
      holds(Math.abs(sent) <= limit, 'a count that fits T slots');
    };
    /** Nothing is left to send. */
    const settled = (): boolean => step(v, 0, theta, tracer.rule, sent, limit).s === 0;
    currents.forEach(feed);
    let steps = 0;
    for (; !settled() && steps <= 2 * limit; steps++) feed(0);
    same(sent, clip(Math.floor((2 * sum(currents) + theta) / (2 * theta)), limit), 'N');
    feed(0);
    same(sent, clip(Math.floor((2 * sum(currents) + theta) / (2 * theta)), limit), 'N one step later');
    return { value: steps / (2 * limit), bound: 1 };
  },
);

law(
  'L16',
  'without overload the tracer needs no settling: it is right at every step',
  neuronCases({ current: 1, v0: 0 }),
  ({ theta, currents }) => {
    let [v, sent, received] = [theta / 2, 0, 0];
    currents.forEach((current, t) => {
      const fired = step(v, current, theta, tracer.rule, sent, currents.length);
      [v, sent, received] = [fired.v, sent + fired.s, received + current];
      same(sent, Math.floor((2 * received + theta) / (2 * theta)), `N after ${t + 1} steps`);
    });
  },
);

example('L16', '2T steps in all would be wrong: two neurons in a row take 7 steps at T = 3', () => {
  let [first, second, last] = [{ v: 3, sent: 0 }, { v: 1, sent: 0 }, 0];
  for (let t = 1; t <= 15; t++) {
    const on = t <= 3 ? 1 : 0;
    const one = step(first.v, on, 6, tracer.rule, first.sent, 3);
    const other = step(second.v, 11 * one.s - 2 * on, 2, tracer.rule, second.sent, 3);
    if (other.s !== 0) last = t;
    first = { v: one.v, sent: first.sent + one.s };
    second = { v: other.v, sent: second.sent + other.s };
  }
  same(second.sent, 3, 'N, (11 - 6)/2 rounded');
  same(last, 7, 'the step of the last spike');
});

law(
  'L16',
  'tracer networks settle on the quantised network, ties included, within T*(1 + 2L) steps',
  networkCases({ neurons: ['tracer'] }),
  ({ network, image, steps }) => {
    const oracle = oracleOf(network);
    const spiking = network.layers.length - 1;
    const expected = oracleQuantised(oracle, rationals(image), steps);
    const run = oracleRun(oracle, rationals(image), steps, 2 * spiking * steps + 1);
    sameCounts(run.counts, expected.counts);
    expected.readout.forEach((total, c) => {
      equalRational(run.readout.at(-1)![c]!, total, `class ${c}`);
    });
    const last = Math.max(
      ...run.spikes.map((layer) => layer.findLastIndex((row) => row.some((s) => s !== 0))),
    );
    return { value: (last + 1) / steps, bound: 1 + 2 * spiking };
  },
  150,
);

for (const [name, options] of Object.entries(SETTLING)) {
  law(
    'L16',
    `settling tracers in the engine (${name}): counts and logits of the quantised network, within T*(1 + 2L) steps`,
    networkCases({ neurons: ['tracer'] }),
    (one) => {
      const { latency } = settlesOnQuantised(one, options);
      return { value: latency![0]! / one.steps, bound: 1 + 2 * (one.network.layers.length - 1) };
    },
    name.includes('simd') ? 50 : 150,
  );
}
