/**
 * @file Compares an engine's run with the rational oracle: every number must be equal, not only close.
 */
import type { SimulationResult } from '../../src/snn/simulation.ts';
import { same } from './law.ts';
import type { OracleRun } from './oracle/network.ts';
import { approximately, compare, type Rational, rational } from './oracle/rational.ts';

/** Compares every spike, every last potential, and the readout's current and logits of every step. */
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

/** Throws unless two rational numbers are equal; the message gives the nearest doubles. */
export function equalRational(found: Rational, expected: Rational, what: string): void {
  if (compare(found, expected) !== 0) same(approximately(found), approximately(expected), what);
}

/** Throws unless every neuron of every layer has the expected count. */
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
