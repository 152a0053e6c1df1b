/**
 * @file Rest coding: a network of `half` neurons gives the same answers in fewer spikes where most neurons rest at -theta, as they
 * do in networks that were trained shifted (law L20). Each neuron sends s + 1 instead of s: nothing for -theta, one spike for 0,
 * two for +theta. The additional 1 is a constant, and is subtracted from the bias of every neuron that receives it (law L21):
 *
 *     b'_i = b_i + theta_i - sum_j w_ij * theta_j        j: the inputs of i, fewer at a zero-padded border
 *     v'_0 = v_0 + theta / 2                             then v' = v + theta / 2 and s' = s + 1 at every step
 */
import { mapSize } from '../../nn/architecture.ts';
import { checkNumbers } from '../../snn/check-numbers.ts';
import { eachTap, inputRows, type ScaledSynapses, scaledSynapses } from '../../snn/geometry.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { Neuron } from '../../snn/neurons/neuron.ts';
import { rest } from '../../snn/neurons/rest.ts';
import { sumWindows } from '../../snn/windows.ts';
import { offGrid } from './off-grid.ts';

/**
 * The network in rest coding. Where a border makes the biases of a channel differ, they become [height, width, channels].
 * @param network of neurons that fire as `half` does, with v0 = 0
 * @param neuron whose silence stands for -theta
 * @throws InputError on the int8 grid
 * @example
 * const coded = restCoded(snn);
 * coded.neuron.name; // 'rest'
 */
export function restCoded(network: SpikingNetwork, neuron: Neuron = rest): SpikingNetwork {
  const plain = offGrid(network);
  const layers = plain.layers.map((layer) => {
    const { theta, shape } = layer;
    const channels = shape[2];
    const bias = Float64Array.from({ length: mapSize(shape) }, (_, i) => {
      const own = theta.length === 0 ? 0 : theta[i % theta.length]!;
      return layer.bias[i % layer.bias.length]! + own;
    });
    for (const synapses of layer.inputs)
      if (synapses.from >= 0) subtractOneSpike(scaledSynapses(plain, layer, synapses), bias);
    return { ...layer, bias: perChannelIfEqual(Float32Array.from(bias), channels) };
  });
  return checkNumbers({ ...plain, neuron, initialPotential: neuron.start, layers });
}

/** The biases as [channels] where they are the same at all positions, unchanged elsewhere. */
function perChannelIfEqual(bias: Float32Array<ArrayBuffer>, channels: number): Float32Array<ArrayBuffer> {
  return bias.every((b, i) => b === bias[i % channels]) ? bias.slice(0, channels) : bias;
}

/** bias -= the current that one spike of every input causes. */
function subtractOneSpike(synapses: ScaledSynapses, bias: Float64Array): void {
  const { sent, map, out, weight, kind } = synapses;
  const [height, width, channels] = out;
  const rows = inputRows(synapses);
  // of each window of a mean, the places that lie on the map
  const ones = new Float64Array(mapSize(sent)).fill(1);
  const spikes = sumWindows(synapses, ones, new Float64Array(mapSize(map)));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * channels;
      if (kind === 'identity') {
        for (let c = 0; c < channels; c++) bias[to + c]! -= spikes[to + c]! * weight[c]!;
        continue;
      }
      eachTap(synapses, y, x, (position, row) => {
        for (let i = 0; i < map[2]; i++) {
          const { row: own, first, end } = rows[i]!;
          const window = spikes[position * map[2] + i]!;
          for (let c = first; c < end; c++) bias[to + c]! -= window * weight[row + own + c]!;
        }
      });
    }
}
