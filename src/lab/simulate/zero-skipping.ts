/** @file A simulation against an ANN that skips its zeros: how many there are is measured on a few images. */
import { type Dataset, take } from '../../data/dataset.ts';
import { againstZeros } from '../../energy/against-anns.ts';
import { nonZeroMacs } from '../../energy/non-zero-macs.ts';
import type { AgainstSkipping } from '../../report/simulation-report.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import type { SimulateOptions } from '../../snn/simulation.ts';
import { networkInput } from './network-input.ts';
import { networkCosts } from './simulation-report.ts';

/** What every neuron sends is held for these images. */
export const SKIPPING_IMAGES = 100;

/**
 * @param network the one whose spikes are counted
 * @param options with T steps; all of them are run
 */
export function againstSkipping(
  network: SpikingNetwork,
  dataset: Dataset,
  { stop: _, ...options }: SimulateOptions,
): AgainstSkipping {
  const few = take(dataset, SKIPPING_IMAGES);
  const input = networkInput(few, 0, few.count, network);
  const result = simulate(network, input, { ...options, record: { counts: true } });
  const costs = networkCosts(network);
  const { annMac, snnMac } = costs.operations;
  const sent = result.record.slice(0, -1).map(({ counts }) => counts!);
  const macShare = (snnMac + nonZeroMacs(network, sent) / few.count) / annMac;
  return { images: few.count, macShare, against: againstZeros(costs, result, macShare) };
}
