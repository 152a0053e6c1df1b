/**
 * @file L16, the tracer: q starts at theta/2; +1 if q >= theta and fewer than T sent, -1 if q < 0 and more than -T sent. After
 * its inputs stop it settles on clip(floor(sum I/theta + 1/2), -T, T), for any currents, within 2T steps; a whole
 * network of L layers then equals the quantised network, ties included, within T*(1 + 2L) steps.
 *
 * Proof. theta*sent + q = theta/2 + sum I at every step. Without input the neuron moves q towards [0, theta) by theta a
 * step, always in one direction, so at most 2T times, for sent stays in [-T, T]. It stops either with 0 <= q < theta, where
 * sent = floor(sum I/theta + 1/2), or at sent = T with q >= theta, where that floor is above T (or the mirror image). In a
 * network, what a layer takes back cancels in the sums of the next: once it is settled, the next has received
 * T*z of its settled counts, and has 2T more steps. In experiments whole networks
 * settle far earlier, but not within 2T in all: 13 steps at T = 6 were seen.
 */
import fc from 'fast-check';
import { settled, traceStep } from '../../src/snn/tracer.ts';
import { holds, law, same } from '../support/law.ts';
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
      const fired = traceStep(v, sent, current, theta, limit);
      [v, sent] = [fired.v, fired.sent];
      holds(Math.abs(sent) <= limit, 'a count that fits T slots');
    };
    currents.forEach(feed);
    let steps = 0;
    for (; !settled(v, sent, theta, limit) && steps <= 2 * limit; steps++) feed(0);
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
      const fired = traceStep(v, sent, current, theta, currents.length);
      [v, sent, received] = [fired.v, fired.sent, received + current];
      same(sent, Math.floor((2 * received + theta) / (2 * theta)), `N after ${t + 1} steps`);
    });
  },
);

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
