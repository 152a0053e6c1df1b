/**
 * @file The error anatomy of a run: how far the rates of every layer are from the activations that they stand for, and why.
 */
import { mapSize } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { wiringOf } from '../../snn/wiring.ts';
import type { Counterpart } from '../networks/counterparts.ts';
import { runFolded } from '../networks/run-folded.ts';
import { AnatomyTally } from './anatomy-tally.ts';
import type { LayerAnatomy } from './layer-anatomy.ts';

export type { Cancellation, ErrorPart, LayerAnatomy } from './layer-anatomy.ts';

/**
 * The anatomy of a run, one entry for each spiking layer. For more images than one run should record at once, add run after run to
 * an `AnatomyTally`.
 * @param images [count, height, width, channels]: those of the run
 * @param result a run over all T steps with counts (or spikes) on record; with potentials on record their residuals are included
 * @param counterparts what the rates stand for, counterpartsOf(snn, architecture). Default: the clip of the neurons
 * @example
 * const result = simulate(snn, images, { steps: 8, record: { counts: true, membrane: true } });
 * anatomyOf(snn, images, result)[0].parts.propagated.rms; // 0: nothing comes before the first layer
 */
export function anatomyOf(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  result: SimulationResult,
  counterparts?: readonly Counterpart[],
): LayerAnatomy[] {
  const wiring = wiringOf(network);
  const tally = new AnatomyTally(network, result.steps, result.schedule, wiring);
  const size = mapSize(network.input);
  for (let i = 0; i < result.images; i++) {
    const pixels = images.subarray(i * size, (i + 1) * size);
    tally.add(result, i, pixels, runFolded(network, pixels, wiring, counterparts));
  }
  return tally.layers;
}
