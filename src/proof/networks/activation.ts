/**
 * @file The continuous activation that a network's neurons stand for, as their pages in snn/neurons/ say: what the rate
 * theta*N/T of a constant current z tends to. It is monotone and moves no two numbers further apart, which is all that
 * the certificates (law L15) need of it.
 *
 *     clip(z < 0 ? slope * z : z, lowest rate * theta, highest rate * theta)
 */
import { type Neuron, ratesOf } from '../../snn/neurons/neuron.ts';

/** In units of theta: z / theta to the rate per theta. */
export type Response = (z: number) => number;

export function responseOf(neuron: Neuron): Response {
  const { lowest, highest } = ratesOf(neuron);
  const { slope = 1 } = neuron;
  return (z) => Math.min(highest, Math.max(lowest, z < 0 ? slope * z : z));
}
