/** @file A simulation against ANNs that are fairer than the dense 32-bit one, by step, as result files have it. */

import type { Dataset } from '../../data/dataset.ts';
import { take } from '../../data/dataset.ts';
import { type AgainstAnn, type AnnName, againstAnns } from '../../energy/against-anns.ts';
import { operationCosts } from '../../energy/count-operations.ts';
import { nonZeroMacs } from '../../energy/non-zero-macs.ts';
import type { AgainstReport } from '../../report/against-table.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import type { SimulateOptions } from '../../snn/simulation.ts';
import { networkInput } from './network-input.ts';
import type { PartCounts } from './simulation-report.ts';

/** What every neuron sends is held for these images. */
export const SKIPPING_IMAGES = 100;

/**
 * The share of the ANN's multiply-accumulates that have a factor other than 0, on the first images of a data set.
 * @param options with T steps; the ANN has the integers that the neurons sent in them
 * @returns from 0 to 1
 */
export function macShareOf(network: SpikingNetwork, dataset: Dataset, options: SimulateOptions): number {
  const few = take(dataset, SKIPPING_IMAGES);
  const input = networkInput(few, 0, few.count, network);
  const { record } = simulate(network, input, { ...options, record: { counts: true } });
  const { annMac, snnMac } = operationCosts(network);
  const sent = record.slice(0, -1).map(({ counts }) => counts!);
  return (snnMac + nonZeroMacs(network, sent) / few.count) / annMac;
}

/**
 * SNN / ANN by step, for each of the ANNs.
 * @param counts of runs of the network
 * @param macShare of T, the last step; it says nothing of fewer
 */
export function againstReport(
  network: SpikingNetwork,
  { runs, readAfter }: Pick<PartCounts, 'runs' | 'readAfter'>,
  macShare?: number,
): AgainstReport {
  const last = runs.at(-1)!;
  const found = runs.map((run) => ({
    run,
    ...againstAnns(network, run, run === last ? macShare : undefined),
  }));
  const steps = (run: { readonly steps: number }): number[] =>
    readAfter === 'last steps' ? [run.steps] : Array.from({ length: run.steps }, (_, t) => t + 1);
  const by = (name: AnnName, key: keyof AgainstAnn): Record<string, number> =>
    Object.fromEntries(
      found.flatMap(({ run, [name]: against }) =>
        (name === 'zeros' ? [run.steps] : steps(run)).flatMap((step) =>
          against ? [[step, against[key][step - 1]!]] : [],
        ),
      ),
    );
  const report = (name: AnnName) => ({
    arithmetic: by(name, 'arithmetic'),
    bytes: by(name, 'bytes'),
    bytesIdeal: by(name, 'bytesIdeal'),
  });
  return {
    dense: report('dense'),
    ...(macShare !== undefined && { zeros: report('zeros') }),
    int8: report('int8'),
    bits: report('bits'),
  };
}
