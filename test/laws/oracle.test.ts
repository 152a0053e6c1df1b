/**
 * @file The oracle against src: one neuron of every kind, whole networks in every engine, and the quantised network of
 * src/proof. If both were wrong they would have to be wrong in the same way, in two texts that share no line.
 */

import fc from 'fast-check';
import { runQuantised } from '../../src/proof/networks/run-quantised.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { tracer } from '../../src/snn/neurons/tracer.ts';
import type { SimulateOptions } from '../../src/snn/simulation.ts';
import { step } from '../../src/snn/step.ts';
import { law, same } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { oracleOf } from '../support/oracle/from-spiking.ts';
import { oracleQuantised, oracleRun, rationals } from '../support/oracle/network.ts';
import { type OracleState, oracleStep } from '../support/oracle/neuron.ts';
import { rational } from '../support/oracle/rational.ts';
import { runEngine } from '../support/run-engine.ts';
import { runNeuron } from '../support/run-neuron.ts';
import { equalRational, sameAsOracle, sameCounts } from '../support/same-as-oracle.ts';

law(
  'oracle',
  'neurons full, half, unipolar: spikes and potentials equal rational arithmetic',
  fc.tuple(
    neuronCases({ current: 4, v0: 2 }),
    fc.constantFrom('full' as const, 'half' as const, 'unipolar' as const),
  ),
  ([{ theta, v0, currents }, kind]) => {
    const ran = runNeuron(currents, v0, theta, neuronNamed(kind).rule);
    let state: OracleState = { v: rational(v0), sent: 0 };
    currents.forEach((current, t) => {
      const next = oracleStep(kind, state, rational(current), rational(theta), currents.length);
      same(ran.spikes[t]!, next.s, `spike at step ${t}`);
      equalRational(rational(ran.potentials[t]!), next.state.v, `v at step ${t}`);
      state = next.state;
    });
  },
);

law(
  'oracle',
  'neurons reset-to-zero, leaky, memory, burst: spikes and potentials equal rational arithmetic',
  fc.tuple(
    neuronCases({ current: 8, v0: 2 }),
    fc.constantFrom(
      'reset-to-zero' as const,
      'leaky' as const,
      'memory' as const,
      'burst' as const,
      'rest' as const,
    ),
    fc.integer({ min: 0, max: 4 }),
  ),
  ([{ theta, v0, currents }, kind, halvings]) => {
    const leak = 1 / 2 ** halvings;
    const neuron = neuronNamed(kind);
    const { rule } = neuron.withSlope?.(leak) ?? neuron;
    const ran = runNeuron(currents, v0, theta, rule);
    let state: OracleState = { v: rational(v0), sent: 0 };
    currents.forEach((current, t) => {
      const inverse = rational(1 / leak);
      const next = oracleStep(kind, state, rational(current), rational(theta), currents.length, inverse);
      same(ran.spikes[t]!, next.s, `spikes at step ${t}`);
      equalRational(rational(ran.potentials[t]!), next.state.v, `v at step ${t}`);
      state = next.state;
    });
  },
);

law(
  'oracle',
  'the tracer equals rational arithmetic',
  fc.tuple(neuronCases({ current: 4, v0: 0 }), fc.integer({ min: 1, max: 6 })),
  ([{ theta, currents }, limit]) => {
    let [v, sent] = [theta / 2, 0];
    let state: OracleState = { v: rational(theta / 2), sent: 0 };
    currents.forEach((current, t) => {
      const fired = step(v, current, theta, tracer.rule, sent, limit);
      const next = oracleStep('tracer', state, rational(current), rational(theta), limit);
      same(fired.s, next.s, `spike at step ${t}`);
      equalRational(rational(fired.v), next.state.v, `v at step ${t}`);
      [v, sent, state] = [fired.v, sent + fired.s, next.state];
      same(sent, state.sent, `sent at step ${t}`);
    });
  },
);

const KINDS = ['full', 'half', 'unipolar', 'reset-to-zero', 'leaky', 'memory', 'burst', 'rest'] as const;

const ENGINES: Readonly<Record<string, Partial<SimulateOptions>>> = {
  reference: { engine: 'reference' },
  'reference, layered': { engine: 'reference', schedule: 'layered' },
  'event, plain': { engine: 'events', kernels: 'reference' },
  'event, simd, layered': { engine: 'events', kernels: 'simd', schedule: 'layered' },
  'event, simd, streaming': { engine: 'events', kernels: 'simd', schedule: 'streaming' },
};

for (const [name, options] of Object.entries(ENGINES)) {
  law(
    'oracle',
    `engine (${name}): whole networks equal rational arithmetic, spike for spike`,
    networkCases({ neurons: KINDS }),
    (one) => {
      const oracle = oracleRun(oracleOf(one.network), rationals(one.image), one.steps);
      sameAsOracle(runEngine(one, options), oracle);
    },
    name.includes('simd') ? 80 : 240,
  );
}

law(
  'oracle',
  'the quantised network of src/proof equals the rational one, count for count',
  networkCases({ neurons: [...KINDS, 'tracer'] }),
  ({ network, image, steps }) => {
    const oracle = oracleQuantised(oracleOf(network), rationals(image), steps);
    const found = runQuantised(network, image, steps);
    sameCounts(
      found.counts.map((layer) => Array.from(layer)),
      oracle.counts,
    );
    oracle.readout.forEach((total, c) => {
      equalRational(rational(found.totals.at(-1)![c]!), total, `class ${c}, T * logit`);
    });
    if (network.neuron === half)
      same(Number(found.ties.some((ties) => ties > 0)), Number(oracle.tie), 'ties');
  },
  200,
);
