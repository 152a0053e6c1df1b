/**
 * @file The engines of src on a random case, everything recorded, and their comparison with the rational oracle.
 */
import { simulate } from '../../src/snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../../src/snn/simulation.ts';
import type { OracleRun } from '../laws/oracle/network.ts';
import { approximately, compare, type Rational, rational } from '../laws/oracle/rational.ts';
import { same } from './law.ts';
import type { NetworkCase } from './networks.ts';

export function runEngine(
  { network, image, steps }: NetworkCase,
  options: Partial<SimulateOptions> = { engine: 'dense' },
): SimulationResult {
  const record = { spikes: true, membrane: true, currents: true, counts: true };
  return simulate(network, image, { steps, record, ...options });
}

/** Signed counts of every spiking layer of a one-image run. */
export const countsOf = (result: SimulationResult): number[][] =>
  result.record.slice(0, -1).map(({ counts }) => Array.from(counts!));

/** Every spike, every last potential, the readout current and the logits of every step, exactly. */
export function sameAsOracle(result: SimulationResult, oracle: OracleRun): void {
  const { steps, classes } = result;
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
  const currents = result.record.at(-1)!.currents!;
  const sums = new Float64Array(classes);
  oracle.readout.forEach((expected, t) => {
    expected.forEach((sum, c) => {
      sums[c]! += currents[t * classes + c]!;
      equalRational(rational(sums[c]!), sum, `class ${c}, summed current at step ${t}`);
      same(
        result.logits[t * classes + c]!,
        Math.fround(sums[c]! / (t + 1)),
        `class ${c}, logit at step ${t}`,
      );
    });
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
