/**
 * @file L18, what commutes: the converter's folding against a trained network computed layer by layer, spikes of
 * height 1 against spikes of height theta, the readout against the mean of its input, and the counterexample that
 * forbids a stepwise maximum.
 * Statement and proof: L18 in THEORY.md.
 */
import { convert } from '../../src/convert/convert.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { full as fullNeuron } from '../../src/snn/neurons/full.ts';
import { half as halfNeuron } from '../../src/snn/neurons/half.ts';
import { propagate, wiringOf } from '../../src/snn/wiring.ts';
import { example, law, same } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { sum } from '../support/numbers.ts';
import { evaluate } from '../support/oracle/trained.ts';
import { runEngine } from '../support/run-engine.ts';
import { runNeuron } from '../support/run-neuron.ts';
import { trainedCases } from '../support/trained-cases.ts';

for (const activation of ['strelu', 'trelu'] as const) {
  law(
    'L18',
    `folding batch norm and average pooling changes no logit (${activation})`,
    trainedCases(activation),
    ({ network, image }) => {
      const { snn } = convert(network, { method: activation });
      const { logits } = runFolded(snn, image);
      evaluate(network, image).forEach((logit, c) => {
        same(logits[c]!, logit, `logit ${c}`);
      });
    },
    300,
  );
}

/** The network with spikes of height 1. Only thresholds that are powers of two divide without rounding. */
function unitSpikes(network: SpikingNetwork): SpikingNetwork {
  const thetaOf = (from: number, c: number): number => {
    const theta = from < 0 ? [1] : network.layers[from]!.theta;
    return theta[theta.length > 1 ? c : 0]!;
  };
  return {
    ...network,
    layers: network.layers.map((layer, l) => {
      const own = (c: number): number => (layer.theta.length === 0 ? 1 : thetaOf(l, c));
      const channels = layer.bias.length;
      return {
        ...layer,
        theta: layer.theta.map(() => 1),
        bias: layer.bias.map((b, c) => b / own(c)),
        inputs: layer.inputs.map((synapses) => {
          const source = synapses.from < 0 ? network.input[2] : network.layers[synapses.from]!.shape[2];
          const height = (i: number): number => thetaOf(synapses.from, Math.floor(i / channels) % source);
          return { ...synapses, weight: synapses.weight.map((w, i) => (w * height(i)) / own(i % channels)) };
        }),
      };
    }),
  };
}

law(
  'L18',
  'unit spikes with W*theta_{l-1}/theta_l, b/theta_l and threshold 1 are the same spikes',
  networkCases({ neurons: ['full', 'half', 'unipolar'] }).map((one) => ({
    ...one,
    network: {
      ...one.network,
      layers: one.network.layers.map((layer) => ({
        ...layer,
        theta: layer.theta.map((theta) => 2 ** Math.round(Math.log2(theta))),
        // An identity has no weight that could take the ratio of two thresholds up.
        inputs: layer.inputs.filter(({ kind }) => kind !== 'identity'),
      })),
    },
  })),
  (one) => {
    const there = runEngine(one);
    const unit = runEngine({ ...one, network: unitSpikes(one.network) });
    there.record.slice(0, -1).forEach(({ name, spikes }, l) => {
      spikes!.forEach((s, i) => {
        same(unit.record[l]!.spikes![i]!, s, `${name}, spike ${i}`);
      });
    });
    there.logits.forEach((logit, c) => {
      same(unit.logits[c]!, logit, `logit ${c}`);
    });
  },
  200,
);

law(
  'L18',
  'the mean readout current is W_out * rate + b: the readout adds no error',
  networkCases({ neurons: ['full', 'half', 'unipolar'] }),
  (one) => {
    const { network, steps } = one;
    const result = runEngine(one);
    const readout = wiringOf(network).at(-1)!;
    const totals = Float64Array.from(network.layers.at(-1)!.bias, (bias) => bias * steps);
    for (const synapses of readout.spikes) propagate(synapses, result.record[synapses.from]!.counts!, totals);
    totals.forEach((total, c) => {
      same(result.logits[(steps - 1) * network.classes + c]!, Math.fround(total / steps), `logit ${c}`);
    });
  },
  200,
);

example('L18', 'counterexample: the maximum of spike trains is not the train of the maximum', () => {
  // At a current of theta/2 `half` fires in the first of two steps and `full` in the second.
  const half = runNeuron([1, 1], 0, 2, halfNeuron.rule).spikes;
  const full = runNeuron([1, 1], 0, 2, fullNeuron.rule).spikes;
  const rate = (train: readonly number[]): number => sum(train) / train.length;
  same(Math.max(rate(half), rate(full)), 0.5, 'maximum of the rates');
  same(rate(half.map((s, t) => Math.max(s, full[t]!))), 1, 'rate of the maximum');
});
