/**
 * @file Where counts stand for steps: a layer that waits for its T inputs needs only the sum of its currents, which is one product of how
 * often each neuron has spiked.
 */
import { accumulates } from '../accumulate.ts';
import { neverRounds } from '../grid.ts';
import type { SpikingNetwork } from '../network.ts';
import { recordOptionsOf, type SimulateOptions } from '../simulation.ts';
import { holdsSums } from './precision.ts';

/**
 * The spiking layers, by index, whose products may be of counts: not where the current of each step goes on record, nor where a grid
 * promises the reference's bits and a sum of T currents could round.
 */
export function countedLayers(
  network: SpikingNetwork,
  { schedule, steps, record = {} }: Pick<SimulateOptions, 'schedule' | 'steps' | 'record'>,
): ReadonlySet<number> {
  const { neuron, layers } = network;
  if (!accumulates(neuron, schedule)) return new Set();
  const exact = (l: number): boolean => !neverRounds(network) || holdsSums(network, l, steps);
  const spiking = [...layers.keys()].slice(0, -1);
  return new Set(spiking.filter((l) => !recordOptionsOf(record, l).currents && exact(l)));
}
