/**
 * @file A fairer baseline than the dense ANN: the same quantised network in the same rest coding, whose multiplications by 0
 * are skipped too. It needs a multiply-accumulate where a neuron sends anything; the spiking network needs an accumulate for
 * each spike.
 */
import { convert } from '../../src/convert/convert.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { againstSkipping } from '../../src/lab/simulate/zero-skipping.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import type { Runtime } from '../../src/runtime.ts';

/** Against an ANN that skips its zeros; both in rest coding, the SNN in the exact mode by layers (Horowitz 2014, 32 bits). */
export interface ZeroSkipping {
  readonly steps: number;
  readonly images: number;
  /** Of the dense ANN's multiply-accumulates, those with no factor 0. */
  readonly macShare: number;
  /** SNN / ANN that skips. */
  readonly energyRatio: number;
}

/** On the first images: what every neuron sends is held. */
export function measureZeroSkipping(
  runtime: Runtime,
  trained: TrainedNetwork,
  dataset: Dataset,
  steps: number,
): ZeroSkipping {
  const { snn } = convert(trained, { neuron: 'rest' });
  const options = { steps, schedule: 'settling', engine: 'products', runtime } as const;
  const { images, macShare, against } = againstSkipping(snn, dataset, options);
  return { steps, images, macShare, energyRatio: against.arithmetic.at(-1)! };
}
