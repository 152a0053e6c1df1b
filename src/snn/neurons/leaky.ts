/**
 * @file `leaky` is the neuron of tLeakyReLU with slope a below 0: its threshold is 1/a times as far away on the negative side.
 *
 *     m = v + I
 *     s = +1 if m >= theta;  -1 if m <= -theta/a;  0 otherwise
 *     v = m - theta after +1,  m + theta/a after -1
 *
 *     start             v0 = 0
 *     range             s in {-1, 0, 1}
 *     stands for        clip(z < 0 ? a*z : z, -theta, theta): tLeakyReLU
 *     constant current  N = clip(trunc(q < 0 ? a*q : q), -T, T)
 *     settles to        nothing: the exact modes round, this neuron truncates
 *     laws              theta*N+ - (theta/a)*N- is conserved (L19), its output theta*(N+ - N-) is no function of that
 *     SIMD              mode `leak`
 *
 * The slope belongs to the neuron, not to the network beside it: a network's neuron then says all there is to know, and no
 * function that is handed a neuron has to be handed a slope too. In the table the slope is 1, where leaky and full fire alike.
 */
import type { Neuron } from './neuron.ts';

const made = new Map<number, Neuron>();

/**
 * The same slope gives the same object, so that two networks with it are equal.
 * @param a the slope below 0, in (0, 1]
 */
export function leakyNeuron(a: number): Neuron {
  const neuron = made.get(a) ?? create(a);
  made.set(a, neuron);
  return neuron;
}

function create(a: number): Neuron {
  const ideal = (q: number): number => Math.trunc(q < 0 ? a * q : q);
  return {
    name: 'leaky',
    says: 'fires at theta and, for the slope a below 0, at -theta/a',
    rule: { phiUp: 1, phiDown: 1 / a, lossDown: 1 / a },
    start: 0,
    range: { lowest: -1, highest: 1 },
    slope: a,
    withSlope: leakyNeuron,
    ideal,
    constantCount: (start) => (start === 0 ? ideal : null),
    laws: {
      conservation: {
        law: 'L19',
        says: 'theta*N+ - (theta/a)*N- = sum I + v0 - v_T (the output is theta*(N+ - N-), not conserved)',
      },
    },
    simd: { mode: 'leak' },
  };
}

export const leaky: Neuron = leakyNeuron(1);
