/**
 * @file L21, rest coding: a neuron that sends s + 1 instead of s, with theta more in its current and theta/2 more at the start,
 * is the `half` neuron under another code: s' = s + 1 and v' = v + theta/2 at every step. Whoever receives it takes the constant
 * off its bias, so a whole network says the same; and it sends sum(s + 1) spikes instead of sum abs(s).
 *
 * Proof. If v' = v + theta/2, then m' = v' + I + theta = m + 3/2 theta. So m' > theta where m > -theta/2, where `half` does not
 * send -1; and m' >= 2 theta where m >= theta/2, where it sends +1: s' = s + 1. The soft reset gives
 * m' - theta s' = m + 3/2 theta - theta (s + 1) = v_next + theta/2. Currents: sum_j w_j theta_j (s_j + 1) less the constant
 * sum_j w_j theta_j is what `half` sends. Induction over steps and layers.
 */
import fc from 'fast-check';
import { restCoded } from '../../src/convert/transforms/rest-coding.ts';
import { FIRE_RULES } from '../../src/snn/neuron.ts';
import { example, law, same } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { runEngine } from '../support/run-engine.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L21',
  'rest coding of one neuron: s + 1 spikes and v + theta/2 at every step',
  neuronCases({ current: 4, v0: 2 }),
  ({ theta, v0, currents }) => {
    const half = runNeuron(currents, v0, theta, FIRE_RULES.half);
    const rest = runNeuron(
      currents.map((current) => current + theta),
      v0 + theta / 2,
      theta,
      FIRE_RULES.rest,
    );
    half.spikes.forEach((s, t) => {
      same(rest.spikes[t]!, s + 1, `s at step ${t}`);
      same(rest.potentials[t]!, half.potentials[t]! + theta / 2, `v at step ${t}`);
    });
  },
);

law(
  'L21',
  'whole networks: the same logits at every step, whatever pads, pools or joins',
  networkCases({ neurons: ['half'] }),
  (one) => {
    // networks start where the recipe starts them
    const network = { ...one.network, initialPotential: 0 };
    const [half, rest] = [network, restCoded(network)].map((coded) =>
      runEngine({ ...one, network: coded }),
    ) as [ReturnType<typeof runEngine>, ReturnType<typeof runEngine>];
    half.record.slice(0, -1).forEach(({ name, spikes }, l) => {
      spikes!.forEach((s, i) => {
        same(rest.record[l]!.spikes![i]!, s + 1, `${name}, spike ${i}`);
      });
    });
    half.logits.forEach((logit, i) => {
      same(rest.logits[i]!, logit, `logit ${i}`);
    });
  },
);

law(
  'L21',
  'what it costs: sum(s + 1) spikes, fewer than sum abs(s) exactly where more than half of what is sent is -1',
  fc.array(fc.constantFrom(-1, 0, 1), { minLength: 1, maxLength: 60 }),
  (spikes) => {
    const count = (s: number): number => spikes.filter((sent) => sent === s).length;
    const [rest, half] = [spikes.reduce<number>((sum, s) => sum + s + 1, 0), count(1) + count(-1)];
    same(Math.sign(half - rest), Math.sign(2 * count(-1) - spikes.length), 'which code is cheaper');
  },
);

example('L21', 'a neuron at rest at -theta: `half` sends at every step, in rest coding it is silent', () => {
  const [half, rest] = [
    runNeuron([-3, -3, -3, -3], 0, 2, FIRE_RULES.half),
    runNeuron([-1, -1, -1, -1], 1, 2, FIRE_RULES.rest),
  ];
  same(half.count, -4, 'spikes of half');
  same(rest.count, 0, 'spikes in rest coding');
});
