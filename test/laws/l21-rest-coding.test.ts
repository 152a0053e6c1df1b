/**
 * @file L21, rest coding: one neuron in both codes step by step, whole networks in both codes spike by spike, and the
 * number of spikes that the engine counts in each.
 * Statement and proof: L21 in THEORY.md.
 */
import { restCoded } from '../../src/convert/transforms/rest-coding.ts';
import { half as halfNeuron } from '../../src/snn/neurons/half.ts';
import { rest as restNeuron } from '../../src/snn/neurons/rest.ts';
import type { SimulationResult } from '../../src/snn/simulation.ts';
import { example, law, same } from '../support/law.ts';
import { type NetworkCase, networkCases } from '../support/network-cases.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { sum } from '../support/numbers.ts';
import { runEngine } from '../support/run-engine.ts';
import { runNeuron } from '../support/run-neuron.ts';

/** One random network run as it is and in rest coding, both from where the method starts them. */
function bothCodes(one: NetworkCase): { readonly half: SimulationResult; readonly rest: SimulationResult } {
  const network = { ...one.network, initialPotential: 0 };
  return { half: runEngine({ ...one, network }), rest: runEngine({ ...one, network: restCoded(network) }) };
}

law(
  'L21',
  'rest coding of one neuron: s + 1 spikes and v + theta/2 at every step',
  neuronCases({ current: 4, v0: 2 }),
  ({ theta, v0, currents }) => {
    const half = runNeuron(currents, v0, theta, halfNeuron.rule);
    const rest = runNeuron(
      currents.map((current) => current + theta),
      v0 + theta / 2,
      theta,
      restNeuron.rule,
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
    const { half, rest } = bothCodes(one);
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
  networkCases({ neurons: ['half'] }),
  (one) => {
    const { half, rest } = bothCodes(one);
    half.record.slice(0, -1).forEach(({ name, spikes }, l) => {
      const negative = spikes!.filter((s) => s === -1).length;
      const spent = (result: SimulationResult): number => sum(result.layers[l]!.spikes);
      same(spent(rest), sum(spikes!) + spikes!.length, `${name}, spikes in rest coding`);
      const cheaper = Math.sign(spent(half) - spent(rest));
      same(cheaper, Math.sign(2 * negative - spikes!.length), `${name}, which code is cheaper`);
    });
  },
  500,
);

example('L21', 'a neuron at rest at -theta: `half` sends at every step, in rest coding it is silent', () => {
  const [half, rest] = [
    runNeuron([-3, -3, -3, -3], 0, 2, halfNeuron.rule),
    runNeuron([-1, -1, -1, -1], 1, 2, restNeuron.rule),
  ];
  same(half.count, -4, 'spikes of half');
  same(rest.count, 0, 'spikes in rest coding');
});
