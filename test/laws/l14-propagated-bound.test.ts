/**
 * @file L14, the propagated bound: the same kind of networks, every rate and every logit beside the bound of its
 * neuron and of its layer, and the class wherever the margin certifies it.
 * Statement and proof: L14 in THEORY.md.
 */

import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { wiringOf } from '../../src/snn/wiring.ts';
import { holds, law, type Measured } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { layerBounds, neuronBounds, residualWithoutOverload } from '../support/propagated-bounds.ts';
import { countsOf, runEngine } from '../support/run-engine.ts';

/** Divisions by T and theta round; the bounds are far larger. */
const ROUNDING = 1 + 2 ** -30;

law(
  'L14',
  'propagated bound (no overload): e_l <= ||W_l|| * e_{l-1} + r_l/T; certified classes agree',
  networkCases({ neurons: ['full', 'half'], noOverload: true, maxLayers: 2 }),
  (one) => {
    const { network, image, steps } = one;
    const count = network.neuron.laws.count!;
    const wiring = wiringOf(network);
    const residual = (theta: number): number => residualWithoutOverload(count, theta, steps);
    const residuals = wiring.map(({ theta }) => theta.map(residual));
    const crude = layerBounds(
      wiring,
      residuals.map((r) => r.reduce((a, b) => Math.max(a, b), 0)),
    );
    const fine = neuronBounds(wiring, residuals);
    const ideal = runFolded(network, image, wiring);
    const result = runEngine(one);
    let worst: Measured = { value: 0, bound: ROUNDING };
    const check = (error: number, l: number, i: number): void => {
      const bound = fine[l]![i]!;
      holds(error <= bound * ROUNDING, `an error <= ${bound} of neuron ${i} in layer ${l}, found ${error}`);
      holds(bound <= crude[l]! * ROUNDING, 'a bound per neuron below the bound per layer');
      if (error / bound > worst.value) worst = { value: error / bound, bound: ROUNDING };
    };
    countsOf(result).forEach((layer, l) => {
      layer.forEach((count, i) => {
        check(Math.abs(count / steps - ideal.activations[l]![i]!) * wiring[l]!.theta[i]!, l, i);
      });
    });
    // The mean readout current in float64: stored logits are rounded to float32, and the bound can be met exactly.
    const currents = result.record.at(-1)!.currents!;
    const logits = Array.from({ length: network.classes }, (_, c) => {
      let sum = 0;
      for (let t = 0; t < steps; t++) sum += currents[t * network.classes + c]!;
      return sum / steps;
    });
    ideal.logits.forEach((logit, c) => {
      check(Math.abs(logits[c]! - logit), network.layers.length - 1, c);
    });
    const sorted = Array.from(ideal.logits).sort((a, b) => b - a);
    if (sorted[0]! - sorted[1]! > 2 * crude.at(-1)!) {
      holds(ideal.logits[result.predictions[steps - 1]!] === sorted[0], 'the certified class');
    }
    return worst;
  },
  300,
);
