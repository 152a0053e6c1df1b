/**
 * @file Settling runs of every engine, compared with the quantised network in rational arithmetic: counts and logits must be
 * equal.
 */
import type { SimulateOptions, SimulationResult } from '../../src/snn/simulation.ts';
import { same } from './law.ts';
import type { NetworkCase } from './network-cases.ts';
import { oracleOf } from './oracle/from-spiking.ts';
import { oracleQuantised, rationals } from './oracle/network.ts';
import { divide, ratio, rational } from './oracle/rational.ts';
import { countsOf, runEngine } from './run-engine.ts';
import { equalRational, sameCounts } from './same-as-oracle.ts';

/** The engines in the settling schedule, by name. */
export const SETTLING: Readonly<Record<string, Partial<SimulateOptions>>> = {
  reference: { engine: 'reference', schedule: 'settling' },
  'event, plain': { engine: 'events', kernels: 'reference', schedule: 'settling' },
  'event, simd': { engine: 'events', kernels: 'simd', schedule: 'settling' },
};

/** Throws unless the run equals the quantised network. @returns the run, for its latency */
export function settlesOnQuantised(one: NetworkCase, options: Partial<SimulateOptions>): SimulationResult {
  const { network, image, steps } = one;
  const expected = oracleQuantised(oracleOf(network), rationals(image), steps);
  const result = runEngine(one, options);
  sameCounts(countsOf(result), expected.counts);
  expected.readout.forEach((total, c) => {
    const logit = result.logits[(steps - 1) * network.classes + c]!;
    // Where T is no power of two, the division by T is rounded once.
    const exact = divide(total, ratio(BigInt(steps)));
    if (Number.isInteger(Math.log2(steps))) equalRational(rational(logit), exact, `logit ${c}`);
    else same(logit, Math.fround(Number(total.n) / Number(total.d) / steps), `logit ${c}`);
  });
  return result;
}
