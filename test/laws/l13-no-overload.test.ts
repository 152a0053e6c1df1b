/**
 * @file L13, no overload. If theta_{l-1} * ||w||_1 + abs(b) <= theta_l for every row of every layer behind the first, the
 * `half` network with v0 = 0 equals the quantised network a = (theta/T) * round(T*z/theta), layer by layer and for
 * every T, unless some T*z/theta is exactly k + 1/2.
 *
 * Proof. The first layer has a constant current, which L7 covers at any size (rounded, then clipped). Behind it the premise
 * gives abs(I_t) <= theta whatever spikes arrive, so L7 gives N = round(q) with q = sum I/theta = T*z/theta, z being
 * computed from the counts before, which agree by induction. abs(q) <= T, so the clip changes nothing there.
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
