/**
 * @file The error anatomy of a run: of every layer, how far rates are from the activations they stand for, and why.
 */
import { mapSize } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { wiringOf } from '../../snn/wiring.ts';
import { folded } from '../networks/folded.ts';
import type { Reference } from '../networks/reference.ts';
import { AnatomyTally } from './anatomy-tally.ts';
import type { LayerAnatomy } from './layer-anatomy.ts';

export type { Cancellation, ErrorPart, LayerAnatomy } from './layer-anatomy.ts';

/**
 * One entry per spiking layer. For more images than one run should record at once, add run after run to an `AnatomyTally`.
 * @param images [count, height, width, channels], those of the run
 * @param result of a run over all T steps with counts (or spikes) on record; with potentials, their residuals are told too
 * @param references what the rates stand for: referencesOf(snn, architecture); default: the clip of the neurons
 * @example
 * const result = simulate(snn, images, { steps: 8, record: { counts: true, membrane: true } });
 * anatomyOf(snn, images, result)[0].parts.propagated.rms; // 0: nothing comes before the first layer
 */
export function anatomyOf(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  result: SimulationResult,
  references?: readonly Reference[],
): LayerAnatomy[] {
  const wiring = wiringOf(network);
  const tally = new AnatomyTally(network, result.steps, result.schedule, wiring);
  const size = mapSize(network.input);
  for (let i = 0; i < result.images; i++) {
    const pixels = images.subarray(i * size, (i + 1) * size);
    tally.add(result, i, pixels, folded(network, pixels, wiring, references));
  }
  return tally.layers;
}
