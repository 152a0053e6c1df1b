/**
 * @file The continuous activation that a network's neurons stand for, as their pages in snn/neurons/ say: what the rate theta*N/T of
 * a constant current z tends to. It is monotone and never increases the distance of two numbers, which is all that certificates
 * (law L15) need.
 *
 *     clip(z < 0 ? slope * z : z, lowest rate * theta, highest rate * theta)
 */
import { type Neuron, ratesOf } from '../../snn/neurons/neuron.ts';

/** An activation in units of theta: from z / theta to theta * N / T / theta. */
export type Response = (z: number) => number;

/** The activation that these neurons stand for. */
export function responseOf(neuron: Neuron): Response {
  const { lowest, highest } = ratesOf(neuron);
  const { slope = 1 } = neuron;
  // without a question that depends on the sign of every z
  if (slope === 1) return (z) => Math.min(highest, Math.max(lowest, z));
  return (z) => Math.min(highest, Math.max(lowest, z < 0 ? slope * z : z));
}
