/**
 * @file The quantised network: what the spiking network would answer if every neuron sent exactly the count its
 * mean current asks for. Layer by layer, with S = T*z the sum of a neuron's currents and q = S / theta:
 *
 *     full      N = clip(trunc(q + p), -T, T)          p = v0 / theta, 0 for the strelu method
 *     half      N = clip(floor(q + p + 1/2), -T, T)    a tie q = k + 1/2 goes up; the neuron itself may send either
 *     tracer    N = clip(floor(q + p), -T, T)          p = 1/2: ties go up, and the neuron agrees exactly (L16, L17)
 *     unipolar  N = clip(floor(q + p), 0, T)          reset-to-zero and memory are meant to send the same
 *     burst     N = clip(floor(q + p), 0, Gamma*T)
 *     rest      N = clip(floor(q + p), 0, 2T)         p = 1/2: half's count and T
 *     leaky     N = clip(trunc(x), -T, T)             x = q + p, times the slope a where it is negative
 */
import type { NeuronKind, SpikingNetwork } from '../../snn/network.ts';
import { spikeRange } from '../../snn/neuron.ts';
import { analogueCurrents, type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';

/** The count for a sum of currents over T steps. */
export function quantisedCount(
  kind: NeuronKind,
  total: number,
  theta: number,
  initialPotential: number,
  steps: number,
  leak = 1,
): number {
  const q = (total + initialPotential * theta) / theta;
  const { lowest, highest } = spikeRange(kind);
  const low = kind === 'memory' ? 0 : lowest * steps;
  return Math.min(highest * steps, Math.max(low, whole(kind, q, leak))) + 0;
}

function whole(kind: NeuronKind, q: number, leak: number): number {
  if (kind === 'full') return Math.trunc(q);
  if (kind === 'leaky') return Math.trunc(q < 0 ? q * leak : q);
  return Math.floor(kind === 'half' ? q + 0.5 : q);
}

export interface Quantised {
  /** Per layer [neurons]: signed spike counts; empty for the readout. */
  readonly counts: readonly Int32Array[];
  /** Per layer [neurons]: sum of the currents over T steps. */
  readonly totals: readonly Float64Array[];
  /** Per layer: neurons of kind half exactly between two counts, where the order of spikes decides. */
  readonly ties: readonly number[];
  /** [classes]. */
  readonly logits: Float64Array;
}

/**
 * @param image [height, width, channels], normalised
 * @param wiring of this network, when many images are asked for
 * @example
 * quantised(snn, image, 8).logits; // equal to the tracer network's, spike for spike
 */
export function quantised(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
  steps: number,
  wiring: readonly LayerWiring[] = wiringOf(network),
): Quantised {
  const constant = analogueCurrents(network, image);
  const counts: Int32Array[] = [];
  const totals: Float64Array[] = [];
  const ties: number[] = [];
  const { neuron, initialPotential, leak } = network;
  wiring.forEach((layer, l) => {
    const total = Float64Array.from(constant[l]!, (current) => current * steps);
    for (const synapses of layer.spikes) propagate(synapses, counts[synapses.from]!, total);
    const { theta } = layer;
    let tied = 0;
    counts.push(
      Int32Array.from(theta, (height, i) => {
        if (neuron === 'half' && isTie(total[i]! / height + initialPotential)) tied++;
        return quantisedCount(neuron, total[i]!, height, initialPotential, steps, leak);
      }),
    );
    totals.push(total);
    ties.push(tied);
  });
  return {
    counts,
    totals,
    ties,
    logits: totals.at(-1)!.map((sum, c) => (sum / steps) * wiring.at(-1)!.unit[c]!),
  };
}

const isTie = (q: number): boolean => Number.isInteger(q + 0.5);
