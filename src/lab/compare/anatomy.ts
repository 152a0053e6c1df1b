/**
 * @file Where the error of one contender comes from, layer by layer, on the first images of the comparison.
 */

import { setImmediate } from 'node:timers/promises';
import { asLearned } from '../../data/learned.ts';
import { mapSize, type TrainedNetwork } from '../../nn/architecture.ts';
import type { Progress } from '../../progress.ts';
import { AnatomyTally } from '../../proof/anatomy/anatomy-tally.ts';
import type { LayerAnatomy } from '../../proof/anatomy/layer-anatomy.ts';
import { counterpartsOf } from '../../proof/networks/counterparts.ts';
import { runFoldedEach } from '../../proof/networks/run-folded.ts';
import { IMAGES } from '../../snn/propagation/kernel.ts';
import { simulate } from '../../snn/simulate.ts';
import { accelerate, analogueCurrentsEach, wiringOf } from '../../snn/wiring.ts';
import { inPortions } from '../in-portions.ts';
import { networkInput } from '../simulate/network-input.ts';
import type { Contender } from './contenders.ts';
import type { Converted } from './convert-contender.ts';
import type { Setting } from './setting.ts';

/** T of the runs that are taken apart. */
export const ANATOMY_STEPS = 8;
/** Images recorded at once, at most. */
const PORTION = 12;

export interface AnatomyRequest {
  readonly contender: Contender;
  readonly converted: Converted;
  /** The trained network that it was converted from. */
  readonly network: TrainedNetwork;
  /** How many of the first images. */
  readonly images: number;
  readonly progress: Progress;
}

export async function measureAnatomy(
  setting: Setting,
  { contender: { schedule }, converted: { snn, plain }, network, images, progress }: AnatomyRequest,
): Promise<LayerAnatomy[]> {
  const { runtime, kernels } = setting;
  const test = asLearned(setting.test, network);
  const [wiring, trained] = [wiringOf(snn), wiringOf(plain)];
  const counterparts = counterpartsOf(snn, network.architecture);
  const tally = new AnatomyTally(snn, ANATOMY_STEPS, schedule, wiring);
  const size = mapSize(test.shape);
  const record = { counts: true, membrane: schedule === 'layered' };
  const options = { steps: ANATOMY_STEPS, schedule, kernels, runtime, record };
  // plain loops throughout where the kernels are: whoever asks for them wants the definition
  const laidOut = kernels === 'simd' ? accelerate([...wiring, ...trained], runtime) : null;
  const together = laidOut ? IMAGES : 1;
  progress.start('error anatomy', images);
  try {
    await inPortions(images, PORTION, async (start, count) => {
      const input = networkInput(test, start, count, snn);
      const result = simulate(snn, input, options);
      for (let first = 0; first < count; first += together) {
        const places = Array.from({ length: Math.min(together, count - first) }, (_, i) => first + i);
        const pixels = places.map((i) => input.subarray(i * size, (i + 1) * size));
        const constants = analogueCurrentsEach(snn, wiring, pixels);
        const folded = runFoldedEach(
          plain,
          analogueCurrentsEach(plain, trained, pixels),
          trained,
          counterparts,
        );
        tally.addEach(
          result,
          places.map((image, i) => ({ image, trained: folded[i]!, constant: constants[i]! })),
        );
        progress.update(start + first + places.length);
        await setImmediate();
      }
    });
  } finally {
    laidOut?.close();
  }
  progress.stop();
  return tally.layers;
}
