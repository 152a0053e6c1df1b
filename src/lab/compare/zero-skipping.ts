/** @file What of a contender's ANN is multiplied by 0, at the T that it needs, and how few bits such an ANN would do with. */
import { asLearned } from '../../data/learned.ts';
import { bitsOf } from '../../energy/against-anns.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { ContenderZeros } from '../../report/comparison.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { ratesOf } from '../../snn/neurons/neuron.ts';
import { againstSkipping } from '../simulate/zero-skipping.ts';
import type { Contender } from './contenders.ts';
import { engineOf, type Setting } from './setting.ts';

/** @param steps the T that it needs */
export function measureZeros(
  setting: Setting,
  { schedule }: Contender,
  snn: SpikingNetwork,
  network: TrainedNetwork,
  steps: number,
): ContenderZeros {
  const { runtime, kernels } = setting;
  const test = asLearned(setting.test, network);
  const options = { steps, schedule, runtime, kernels, engine: engineOf(setting) };
  const { images, macShare } = againstSkipping(snn, test, options);
  return { steps, images, macShare, bits: bitsOf(ratesOf(snn.neuron), steps) };
}
