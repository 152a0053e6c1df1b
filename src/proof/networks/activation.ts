/**
 * @file The continuous activation that a network's neurons stand for: what their rate theta*N/T tends to for a constant
 * current z. Monotone, and moves no two numbers further apart.
 *
 *     full, half, tracer                  clip(z, -theta, theta)
 *     unipolar, reset-to-zero, memory     clip(z, 0, theta)        reset-to-zero falls short of it: what it resets away is lost
 *     burst                               clip(z, 0, Gamma * theta)
 *     rest                                clip(z, 0, 2 theta)
 *     leaky                               clip(z < 0 ? a*z : z, -theta, theta)
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { spikeRange } from '../../snn/neuron.ts';

/** In units of theta: z / theta to the rate per theta. */
export type Response = (z: number) => number;

export function responseOf({ neuron, leak = 1 }: Pick<SpikingNetwork, 'neuron' | 'leak'>): Response {
  const { highest } = spikeRange(neuron);
  const lowest = neuron === 'memory' ? 0 : spikeRange(neuron).lowest;
  const slope = neuron === 'leaky' ? leak : 1;
  return (z) => Math.min(highest, Math.max(lowest, z < 0 ? slope * z : z));
}
