/**
 * @file The engines of src on a random case, everything recorded, and their comparison with the rational oracle.
 */
import { simulate } from '../../src/snn/simulate.ts';
import type { EngineName, SimulationResult } from '../../src/snn/simulation.ts';
import { same } from './law.ts';
import type { NetworkCase } from './networks.ts';
import type { OracleRun } from './oracle/network.ts';
import { approximately, compare, type Rational, rational, times } from './oracle/rational.ts';

export function runEngine(
  { network, image, steps }: NetworkCase,
  engine: EngineName = 'dense',
): SimulationResult {
  const record = { spikes: true, membrane: true, currents: true, counts: true };
  return simulate(network, image, { steps, engine, record, kernels: 'reference' });
}

/** Signed counts of every spiking layer of a one-image run. */
export const countsOf = (result: SimulationResult): number[][] =>
  result.record.slice(0, -1).map(({ counts }) => Array.from(counts!));

/** Every spike, every last potential and the summed readout current, exactly. */
export function sameAsOracle(result: SimulationResult, oracle: OracleRun): void {
  const { steps } = result;
  result.record.slice(0, -1).forEach(({ name, spikes, membrane }, l) => {
    oracle.spikes[l]!.forEach((row, t) => {
      row.forEach((s, i) => {
        same(spikes![t * row.length + i]!, s, `${name}, neuron ${i}, spike at step ${t}`);
      });
    });
    oracle.potentials[l]!.forEach((v, i) => {
      const found = membrane![(steps - 1) * oracle.potentials[l]!.length + i]!;
      equalRational(rational(found), v, `${name}, neuron ${i}, v_T`);
    });
  });
  const readout = result.record.at(-1)!.currents!;
  oracle.readout.at(-1)!.forEach((sum, c) => {
    let total = 0;
    for (let t = 0; t < steps; t++) total += readout[t * result.classes + c]!;
    equalRational(rational(total), sum, `class ${c}, summed current`);
  });
}

export function equalRational(found: Rational, expected: Rational, what: string): void {
  if (compare(found, expected) !== 0) same(approximately(found), approximately(expected), what);
}

export function sameCounts(
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): void {
  expected.forEach((layer, l) => {
    layer.forEach((count, i) => {
      same(found[l]![i]!, count, `layer ${l}, neuron ${i}, N`);
    });
  });
}

/** total = logits * T without rounding. */
export const isMean = (logit: Rational, total: Rational, steps: number): boolean =>
  compare(times(logit, steps), total) === 0;
