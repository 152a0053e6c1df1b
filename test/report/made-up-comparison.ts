/** @file Comparisons with made-up figures. */

import { assembleComparison } from '../../src/report/assemble-comparison.ts';
import type { ByStep } from '../../src/report/by-step.ts';
import type { Comparison, MeasuredContender } from '../../src/report/comparison.ts';

export interface MadeUp {
  readonly id: string;
  readonly ours?: boolean;
  readonly ann: number;
  /** At each of the steps. */
  readonly accuracy: readonly number[];
  /** Energy over the ANN's, at each of the steps. */
  readonly energy?: readonly number[];
}

/** The first is the baseline. */
export function madeUpComparison(steps: readonly number[], methods: readonly MadeUp[]): Comparison {
  const at = (values: readonly number[]): ByStep => Object.fromEntries(steps.map((t, i) => [t, values[i]!]));
  const measured = methods.map(({ id, ours = false, ann, accuracy, energy }): MeasuredContender => {
    const joule = at(energy ?? steps.map((t) => t / 4));
    return {
      id,
      title: id.toUpperCase(),
      source: 'nobody',
      ours,
      method: 'strelu',
      neuron: 'half',
      training: 'strelu',
      activation: 'strelu',
      annAccuracy: ann,
      accuracy: at(accuracy),
      spikesPerNeuron: at(steps.map((t) => t / 2)),
      spikesByLayer: { act1: steps.map((t) => t / 2) },
      operations: { annMac: 1, snnMac: 1, snnAc: joule, membraneUpdates: joule, constantAdds: joule },
      energy: {
        'horowitz-fp32': { annJoule: 1, snnJoule: joule, membraneJoule: null, constantJoule: null },
        loihi: { annJoule: null, snnJoule: joule, membraneJoule: null, constantJoule: null },
      },
      overload: { act1: 0 },
    };
  });
  const rest = { dataset: 'strokes', model: 'cnn', images: 100, steps, baseline: methods[0]!.id };
  return assembleComparison(measured, rest);
}
