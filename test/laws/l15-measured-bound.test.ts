/**
 * @file L15, the measured bound of `full` and `half`: networks without any premise, every rate and every logit beside
 * the bound made from the currents of the run, by neuron and by intervals, and the class wherever it is certified.
 * Statement and proof: L15 in THEORY.md.
 */

import { certify } from '../../src/proof/bounds/certify.ts';
import { intervalBounds } from '../../src/proof/bounds/interval-bounds.ts';
import { checkOverload } from '../../src/proof/laws/check-overload.ts';
import { traceLayer } from '../../src/proof/laws/trace-layer.ts';
import { responseOf } from '../../src/proof/networks/response.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { wiringOf } from '../../src/snn/wiring.ts';
import { holds, law, type Measured, same } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { neuronBounds, residualsOf } from '../support/propagated-bounds.ts';
import { runEngine } from '../support/run-engine.ts';

const ROUNDING = 1 + 2 ** -30;

law(
  'L15',
  'measured bound (full and half, any currents): L14 with W_T of the actual run; certificates never lie',
  networkCases({ neurons: ['full', 'half'] }),
  (one) => {
    const { network, image, steps } = one;
    const wiring = wiringOf(network);
    const ideal = runFolded(network, image, wiring);
    const result = runEngine(one);
    const traces = network.layers.slice(0, -1).map((_, l) => traceLayer(network, result, l, 0));
    const bounds = neuronBounds(wiring, traces.map(residualsOf));
    const intervals = intervalBounds(
      wiring,
      traces,
      result.logits.subarray(-network.classes),
      responseOf(network.neuron),
    );
    let worst: Measured = { value: 0, bound: ROUNDING };
    for (const trace of traces)
      same(checkOverload(trace).broken, 0, `neurons of ${trace.name} with abs(v_T) > W_T`);
    traces.forEach(({ counts, theta }, l) => {
      counts.forEach((count, i) => {
        const error = Math.abs(count / steps - ideal.activations[l]![i]!) * theta[i]!;
        const bound = bounds[l]![i]!;
        holds(error <= bound * ROUNDING, `an error <= ${bound} of neuron ${i} in layer ${l}, found ${error}`);
        const narrow = intervals[l]![i]!;
        holds(error <= narrow * ROUNDING + 1e-12, `an error <= ${narrow} by intervals, found ${error}`);
        holds(narrow <= bound * (1 + 2 ** -10), 'intervals no wider than the bound');
        if (error / bound > worst.value) worst = { value: error / bound, bound: ROUNDING };
      });
    });
    const certificate = certify(network, result, 0, { foldedLogits: ideal.logits, wiring });
    certificate.bounds.forEach((bound, c) => {
      const error = Math.abs(result.logits[(steps - 1) * network.classes + c]! - ideal.logits[c]!);
      holds(error <= bound * ROUNDING, `a logit error <= ${bound}, found ${error}`);
    });
    if (certificate.certified) {
      const best = ideal.logits.indexOf(Math.max(...ideal.logits));
      same(best, certificate.class, 'the certified class');
    }
    return worst;
  },
  300,
);
