import { convert } from '../../src/convert/convert.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { SimulationResult } from '../../src/snn/simulation.ts';
import { randomImages, randomTrainedNetwork } from './random-network.ts';

/** A run of the network of a seed, by the reference engine, everything recorded: images from .. to of `images` drawn ones. */
export function recordedRun(
  seed: number,
  neuron: 'full' | 'half',
  steps: number,
  images: number,
  from: number = 0,
  to: number = images,
): SimulationResult {
  const trained = randomTrainedNetwork(seed);
  const { snn } = convert(trained, { neuron });
  const all = randomImages(trained, images, seed);
  const size = all.length / images;
  const record = { spikes: true, membrane: true, currents: true } as const;
  return simulate(snn, all.slice(from * size, to * size), { steps, engine: 'reference', record });
}
