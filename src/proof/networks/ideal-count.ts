/**
 * @file The count that the sum of a neuron's currents asks for, as the neuron's page in snn/neurons/ says:
 *
 *     N = clip(ideal(q), lowest rate * T, highest rate * T)            q = (sum of the T currents + v0) / theta
 *
 * or, in a network that settles (laws L16 and L17, which hold for whole networks and any v0):
 *
 *     N = clip(floor(sum / theta + 1/2), lowest rate * T, highest rate * T)
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { type Neuron, ratesOf } from '../../snn/neurons/neuron.ts';

/** A neuron's count for the sum of its currents over T steps. */
export type CountOf = (total: number, theta: number) => number;

/** What the network's neurons should send in `steps` steps of any schedule but settling. */
export function idealCount({ neuron, initialPotential }: SpikingNetwork, steps: number): CountOf {
  const within = withinRates(neuron, steps);
  return (total, theta) => within(neuron.ideal((total + initialPotential * theta) / theta));
}

/** What the network's neurons send, exactly, in a settling run of `steps` steps. */
export function settledCount({ neuron }: SpikingNetwork, steps: number): CountOf {
  const within = withinRates(neuron, steps);
  return (total, theta) => within(Math.floor(total / theta + 0.5));
}

/** Clips a count to the fewest and the most spikes that the neuron can send in `steps` steps. */
export function withinRates(neuron: Neuron, steps: number): (count: number) => number {
  const { lowest, highest } = ratesOf(neuron);
  const [fewest, most] = [lowest * steps, highest * steps];
  return (count) => Math.min(most, Math.max(fewest, count)) + 0;
}
