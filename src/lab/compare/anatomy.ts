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
import { runFolded } from '../../proof/networks/run-folded.ts';
import { simulate } from '../../snn/simulate.ts';
import { wiringOf } from '../../snn/wiring.ts';
import { inPortions } from '../in-portions.ts';
import { networkInput } from '../simulate/network-input.ts';
import type { Contender } from './contenders.ts';
import type { Converted } from './convert-contender.ts';
import type { Setting } from './setting.ts';

/** T of the runs that are taken apart. */
export const ANATOMY_STEPS = 8;
/** Images recorded at once, at most. */
const PORTION = 10;

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
  const wiring = wiringOf(snn);
  const trained = wiringOf(plain);
  const counterparts = counterpartsOf(snn, network.architecture);
  const tally = new AnatomyTally(snn, ANATOMY_STEPS, schedule, wiring);
  const size = mapSize(test.shape);
  progress.start('error anatomy', images);
  await inPortions(images, PORTION, async (start, count) => {
    const input = networkInput(test, start, count, snn);
    const record = { counts: true, membrane: schedule === 'layered' };
    const result = simulate(snn, input, { steps: ANATOMY_STEPS, schedule, kernels, runtime, record });
    for (let i = 0; i < count; i++) {
      const pixels = input.subarray(i * size, (i + 1) * size);
      tally.add(result, i, pixels, runFolded(plain, pixels, trained, counterparts));
      progress.update(start + i + 1);
      await setImmediate();
    }
  });
  progress.stop();
  return tally.layers;
}
