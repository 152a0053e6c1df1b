/**
 * @file Runs a spiking network over a data set in portions: progress is reported, signals are handled, memory stays bounded.
 */
import { checkInput } from '../../data/check-input.ts';
import type { Dataset } from '../../data/dataset.ts';
import { refuseNonFiniteLogits } from '../../nn/finite-logits.ts';
import type { Progress } from '../../progress.ts';
import { fixed, percent } from '../../report/format.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../../snn/simulation.ts';
import { inPortions } from '../in-portions.ts';
import { chooseOnce } from './choose-once.ts';
import { joinPortions } from './join-portions.ts';
import { networkInput } from './network-input.ts';

/** Images of one portion at most. */
const PORTION = 200;

export interface Simulated {
  readonly result: SimulationResult;
  readonly imagesPerSecond: number;
}

/** @throws InputError when the network was made for other images, or a logit is NaN or infinite */
export async function simulateDataset(
  network: SpikingNetwork,
  dataset: Dataset,
  given: SimulateOptions,
  progress: Progress,
  label: string,
): Promise<Simulated> {
  checkInput(network, dataset);
  const options = chooseOnce(network, dataset, given);
  progress.start(label, dataset.count);
  const portions: SimulationResult[] = [];
  let right = 0;
  let milliseconds = 0;
  await inPortions(dataset.count, PORTION, (start, count) => {
    const input = networkInput(dataset, start, count, network);
    const begun = performance.now();
    const portion = simulate(network, input, options);
    milliseconds += performance.now() - begun;
    refuseNonFiniteLogits(network.name, portion.logits, portion.classes, count, start);
    portions.push(portion);
    const last = portion.predictions.subarray((options.steps - 1) * count);
    for (let i = 0; i < count; i++) if (last[i] === dataset.labels[start + i]) right++;
    const done = start + count;
    progress.update(
      done,
      `${percent((100 * right) / done)} %, ${fixed((1000 * done) / milliseconds, 0)} images/s`,
    );
  });
  progress.stop();
  return { result: joinPortions(portions), imagesPerSecond: (1000 * dataset.count) / milliseconds };
}
