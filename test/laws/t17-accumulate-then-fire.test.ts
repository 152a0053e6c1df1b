/**
 * @file T17, accumulate, then fire. A layer takes in T steps of input in silence and then has T slots to send. Whatever the
 * input, N = clip(floor(sum I/theta + 1/2), -T, T), so abs(N - clip(q, -T, T)) <= 1/2, and the whole network equals the
 * quantised network. L spiking layers need L*T steps of sending; the readout has its answer at L*T steps after the
 * first layer has its sum (which, its current being constant, can be had at once).
 *
 * Proof. The emission is a tracer that gets all its input before its first slot: T16, and sent needs at most T slots because
 * all its spikes have one sign. (With the rule of `half` instead, a tie v = theta/2 would fire +1 and -1 for ever.)
 */
import { emit } from '../../src/snn/accumulate.ts';
import { clip, neuronCases, sum } from './cases.ts';
import { emitNetwork } from './emit-network.ts';
import { sameCounts } from './engine.ts';
import { holds, law, same } from './law.ts';
import { networkCases } from './networks.ts';
import { oracleOf } from './oracle/from-spiking.ts';
import { oracleQuantised, rationals } from './oracle/network.ts';
import { SETTLING, settlesOnQuantised } from './settling.ts';

law(
  'T17',
  'accumulate, then fire: abs(N - clip(q, -T, T)) <= 1/2 for any input',
  neuronCases({ current: 5, v0: 0 }),
  ({ theta, currents }) => {
    const steps = currents.length;
    const total = sum(currents);
    const { count, spikes } = emit(total, theta, steps);
    same(count, clip(Math.floor((2 * total + theta) / (2 * theta)), steps), 'N');
    holds(
      spikes.every((s) => s === 0 || s === Math.sign(count)),
      'spikes of one sign',
    );
    return { value: Math.abs(2 * count - (2 * clip(total, steps * theta)) / theta) / 2, bound: 0.5 };
  },
);

law(
  'T17',
  'accumulate-then-fire networks equal the quantised network, ties included',
  networkCases({ neurons: ['tracer'] }),
  ({ network, image, steps }) => {
    const expected = oracleQuantised(oracleOf(network), rationals(image), steps);
    sameCounts(emitNetwork(network, image, steps), expected.counts);
  },
  200,
);

for (const [name, options] of Object.entries(SETTLING)) {
  law(
    'T17',
    `accumulate, then fire in the engine (${name}): counts and logits of the quantised network`,
    // half: the oracle breaks its ties upwards too, and so does the emission.
    networkCases({ neurons: ['half'] }),
    (one) => {
      settlesOnQuantised(one, options);
    },
    name.includes('simd') ? 50 : 150,
  );
}
