/**
 * @file One network over all the steps that were asked for, whatever the schedule: in one run, or, settling, in one run per T.
 */

import type { Dataset } from '../../data/dataset.ts';
import type { Progress } from '../../progress.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { requestOf } from '../../snn/request.ts';
import type { SimulateOptions } from '../../snn/simulation.ts';
import { simulateNetwork } from './simulate-network.ts';
import { type Reference, type SimulationKeys, settledKeys, simulationKeys } from './simulation-keys.ts';

export interface ScheduledRun {
  readonly keys: SimulationKeys;
  /** Step -> class of each image. */
  readonly classes: Readonly<Record<string, ArrayLike<number>>>;
  /** With early stop only, [images]: steps that were run. */
  readonly stopped?: Int32Array<ArrayBuffer>;
}

/**
 * @param steps in rising order; settling runs each of them, the other schedules every step up to the last
 * @param reference what the classes are compared with
 */
export async function scheduledRun(
  network: SpikingNetwork,
  dataset: Dataset,
  steps: readonly number[],
  request: Omit<SimulateOptions, 'steps'>,
  progress: Progress,
  label: string,
  reference: Reference | null = null,
): Promise<ScheduledRun> {
  const { schedule } = requestOf(network, { ...request, steps: steps.at(-1)! });
  if (schedule !== 'settling') {
    const simulated = await simulateNetwork(
      network,
      dataset,
      { ...request, steps: steps.at(-1)! },
      progress,
      label,
    );
    const { images, predictions, stopped } = simulated.result;
    return {
      keys: simulationKeys(network, simulated, dataset.labels, reference),
      classes: Object.fromEntries(
        Array.from({ length: steps.at(-1)! }, (_, t) => [
          t + 1,
          predictions.subarray(t * images, (t + 1) * images),
        ]),
      ),
      ...(stopped && { stopped }),
    };
  }
  const runs: { readonly steps: number; readonly keys: SimulationKeys }[] = [];
  const classes: Record<string, ArrayLike<number>> = {};
  for (const last of steps) {
    const simulated = await simulateNetwork(
      network,
      dataset,
      { ...request, steps: last },
      progress,
      `${label}, settling, T = ${last}`,
    );
    const { images, predictions } = simulated.result;
    runs.push({ steps: last, keys: simulationKeys(network, simulated, dataset.labels, reference) });
    classes[last] = predictions.subarray((last - 1) * images);
  }
  return { keys: settledKeys(runs), classes };
}
