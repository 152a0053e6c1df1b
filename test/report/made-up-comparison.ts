/** @file Comparisons with made-up figures. */
import type { Comparison, MeasuredMethod } from '../../src/report/comparison.ts';
import { assembleComparison } from '../../src/report/needed.ts';
import type { ByStep } from '../../src/report/result.ts';

export interface MadeUp {
  readonly id: string;
  readonly ours?: boolean;
  readonly ann: number;
  /** At each of the steps. */
  readonly accuracy: readonly number[];
  /** Energy over the ANN's, at each of the steps. */
  readonly energy?: readonly number[];
}

/** The first method is the reference. */
export function madeUpComparison(steps: readonly number[], methods: readonly MadeUp[]): Comparison {
  const at = (values: readonly number[]): ByStep => Object.fromEntries(steps.map((t, i) => [t, values[i]!]));
  const measured = methods.map(({ id, ours = false, ann, accuracy, energy }): MeasuredMethod => {
    const joule = at(energy ?? steps.map((t) => t / 4));
    return {
      id,
      title: id.toUpperCase(),
      source: 'nobody',
      ours,
      conversion: 'strelu',
      neuron: 'half',
      training: 'strelu',
      activation: 'strelu',
      annAccuracy: ann,
      accuracy: at(accuracy),
      spikesPerNeuron: at(steps.map((t) => t / 2)),
      spikesByLayer: { act1: steps.map((t) => t / 2) },
      operations: { annMac: 1, snnMac: 1, snnAc: joule, membraneUpdates: joule, constantAdds: joule },
      energy: {
        'horowitz-fp32': { annJoule: 1, snnJoule: joule },
        loihi: { annJoule: null, snnJoule: joule },
      },
      overload: { act1: 0 },
    };
  });
  const rest = { dataset: 'strokes', model: 'cnn', images: 100, steps, reference: methods[0]!.id };
  return assembleComparison(measured, rest);
}
