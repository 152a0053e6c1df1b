/**
 * @file L13, no overload: random networks of `half` neurons whose thresholds no current can pass, against the
 * quantised network in rational arithmetic, for the engine of src and for the oracle.
 * Statement and proof: L13 in THEORY.md.
 */
import { law, SKIPPED } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { oracleOf } from '../support/oracle/from-spiking.ts';
import { oracleQuantised, oracleRun, rationals } from '../support/oracle/network.ts';
import { countsOf, runEngine } from '../support/run-engine.ts';
import { sameCounts } from '../support/same-as-oracle.ts';

law(
  'L13',
  'no overload: the half network equals the quantised network, for every T',
  networkCases({ neurons: ['half'], noOverload: true, maxLayers: 2 }),
  (one) => {
    const network = oracleOf(one.network);
    const image = rationals(one.image);
    const expected = oracleQuantised(network, image, one.steps);
    if (expected.tie) return SKIPPED;
    sameCounts(countsOf(runEngine(one)), expected.counts);
    sameCounts(oracleRun(network, image, one.steps).counts, expected.counts);
    return undefined;
  },
  300,
);
