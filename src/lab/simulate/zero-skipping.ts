/** @file A simulation against an ANN that skips its zeros: what of its multiply-accumulates that leaves is measured on a few images. */
import { type Dataset, take } from '../../data/dataset.ts';
import { againstZeros } from '../../energy/against-anns.ts';
import { operationCosts } from '../../energy/count-operations.ts';
import { nonZeroMacs } from '../../energy/non-zero-macs.ts';
import type { AgainstReport } from '../../report/simulation-report.ts';
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

/** @param macShare of T, the last step; it says nothing of fewer */
export function zerosReport(
  { costs, runs }: PartCounts,
  macShare: number,
): NonNullable<AgainstReport['zeros']> {
  const run = runs.at(-1)!;
  const { arithmetic, bytes, bytesIdeal } = againstZeros(costs, run, macShare);
  const last = (values: readonly number[]): Record<string, number> => ({ [run.steps]: values.at(-1)! });
  return { arithmetic: last(arithmetic), bytes: last(bytes), bytesIdeal: last(bytesIdeal) };
}
