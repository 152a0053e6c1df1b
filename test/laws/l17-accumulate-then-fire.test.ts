/**
 * @file L17, accumulate, then fire: one neuron, one in rest coding, whole networks of both kinds, and every engine in
 * the settling schedule, against the quantised network.
 * Statement and proof: L17 in THEORY.md.
 */

import { restCoded } from '../../src/convert/transforms/rest-coding.ts';
import { emit } from '../../src/snn/accumulate.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { rest } from '../../src/snn/neurons/rest.ts';
import { emitNetwork } from '../support/emit-network.ts';
import { holds, law, same } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { clip, sum } from '../support/numbers.ts';
import { oracleOf } from '../support/oracle/from-spiking.ts';
import { oracleQuantised, rationals } from '../support/oracle/network.ts';
import { countsOf, runEngine } from '../support/run-engine.ts';
import { sameCounts } from '../support/same-as-oracle.ts';
import { SETTLING, settlesOnQuantised } from '../support/settles-on-quantised.ts';

law(
  'L17',
  'accumulate, then fire: abs(N - clip(q, -T, T)) <= 1/2 for any input',
  neuronCases({ current: 5, v0: 0 }),
  ({ theta, currents }) => {
    const steps = currents.length;
    const total = sum(currents);
    const { count, spikes } = emit(half, total, theta, steps);
    same(count, clip(Math.floor((2 * total + theta) / (2 * theta)), steps), 'N');
    holds(
      spikes.every((s) => s === 0 || s === Math.sign(count)),
      'spikes of one sign',
    );
    return { value: Math.abs(2 * count - (2 * clip(total, steps * theta)) / theta) / 2, bound: 0.5 };
  },
);

law(
  'L17',
  'accumulate-then-fire networks equal the quantised network, ties included',
  networkCases({ neurons: ['half', 'unipolar', 'rest'] }),
  ({ network: drawn, image, steps }) => {
    // An emission starts at theta / 2; the quantised count of `half` rounds by itself.
    const network = { ...drawn, initialPotential: drawn.neuron === half ? 0 : 0.5 };
    const expected = oracleQuantised(oracleOf(network), rationals(image), steps);
    sameCounts(emitNetwork(network, image, steps), expected.counts);
  },
  200,
);

law(
  'L17',
  'in rest coding one neuron sends T spikes more: clip(floor(sum I/theta + 1/2), -T, T) + T',
  neuronCases({ current: 5, v0: 0 }),
  ({ theta, currents }) => {
    const steps = currents.length;
    const total = sum(currents);
    const { count, spikes, v } = emit(rest, total + steps * theta, theta, steps);
    same(count, emit(half, total, theta, steps).count + steps, 'N');
    holds(
      spikes.every((s, t) => s >= 0 && s <= (spikes[t - 1] ?? 2)),
      'spikes as early as possible',
    );
    same(theta * count, total + steps * theta + theta / 2 - v, 'theta N');
  },
);

law(
  'L17',
  'whole networks in rest coding: N + T spikes of every neuron, the logits of half',
  networkCases({ neurons: ['half'] }),
  (one) => {
    const network = { ...one.network, initialPotential: 0 };
    for (const options of Object.values(SETTLING)) {
      const [uncoded, coded] = [network, restCoded(network)].map((drawn) =>
        runEngine({ ...one, network: drawn }, options),
      ) as [ReturnType<typeof runEngine>, ReturnType<typeof runEngine>];
      countsOf(uncoded).forEach((counts, l) => {
        counts.forEach((count, i) => {
          same(countsOf(coded)[l]![i]!, count + one.steps, `layer ${l}, neuron ${i}`);
        });
      });
      const last = (one.steps - 1) * network.classes;
      uncoded.logits.subarray(last).forEach((logit, c) => {
        same(coded.logits[last + c]!, logit, `logit ${c}`);
      });
    }
  },
  100,
);

for (const [name, options] of Object.entries(SETTLING)) {
  law(
    'L17',
    `accumulate, then fire in the engine (${name}): counts and logits of the quantised network`,
    // The oracle rounds the ties of `half` upwards, and so does the emission.
    networkCases({ neurons: ['half', 'rest'] }),
    ({ network, ...one }) => {
      // The emission starts at theta / 2, whatever v0 is; the oracle's quantised network starts where the neuron's page says.
      const initialPotential = network.neuron.start;
      settlesOnQuantised({ ...one, network: { ...network, initialPotential } }, options);
    },
    name.includes('simd') ? 50 : 150,
  );
}
