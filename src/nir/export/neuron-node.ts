/**
 * @file The neurons of a layer as one node of NIR. With a hard reset that is IF. A soft reset takes theta off, which IF cannot: it is
 * a graph of NIR's own nodes, in which a spike comes back to the integrator one step later as a scaled current:
 *
 *     input -> membrane (I) -> up (Threshold) ------------------------> output
 *                 ^               '-> reset_up (Scale by -theta) -'
 *                 |-> minus (Scale by -1) -> down (Threshold) -> negative (Scale by -1) -> output
 *                                               '-> reset_down (Scale by theta) -'
 *
 * The resets come first in the sum that reaches the membrane, so that it adds in the order in which strelu does.
 */

import { toChannelsFirst } from '../../format/channels-first.ts';
import type { MapShape } from '../../nn/architecture.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { type Firing, firingOf } from '../firing.ts';
import { filled, type NirArray, type NirNode } from '../graph.ts';
import { GraphBuilder } from './graph-builder.ts';

/** @param shape of the neurons in NIR: [channels, height, width] or [n] */
export function neuronNode(
  { neuron, initialPotential }: SpikingNetwork,
  layer: SpikingLayer,
  shape: readonly number[],
): NirNode {
  const firings = Array.from(layer.theta, (theta) => firingOf(neuron.rule, theta, initialPotential));
  const each = (of: (firing: Firing) => number): NirArray => ({
    shape,
    data: perNeuron(layer.shape, firings.map(of)),
  });
  const ones = filled(shape, 1);
  const { ups, down, reset } = firings[0]!;
  if (reset !== null)
    return {
      type: 'IF',
      r: ones,
      v_threshold: each((one) => one.ups[0]!),
      v_reset: each((one) => one.reset!),
    };

  const graph = new GraphBuilder();
  const input = graph.add('input', { type: 'Input', shape });
  const membrane = graph.add('membrane', { type: 'I', r: ones });
  const output = graph.add('output', { type: 'Output', shape });
  for (const k of ups.keys()) {
    const number = ups.length > 1 ? String(k + 1) : '';
    const threshold = each((one) => one.ups[k]!);
    const up = graph.after([membrane], `up${number}`, { type: 'Threshold', threshold });
    const gain = graph.after([up], `reset_up${number}`, { type: 'Scale', scale: each((one) => one.gain) });
    graph.connect(gain, membrane);
    graph.connect(up, output);
  }
  if (down !== null) {
    const minus = graph.after([membrane], 'minus', { type: 'Scale', scale: filled(shape, -1) });
    const threshold = each((one) => one.down!);
    const below = graph.after([minus], 'down', { type: 'Threshold', threshold });
    const back = graph.after([below], 'reset_down', { type: 'Scale', scale: each((one) => one.back) });
    graph.connect(back, membrane);
    const negative = graph.after([below], 'negative', { type: 'Scale', scale: filled(shape, -1) });
    graph.connect(negative, output);
  }
  graph.connect(input, membrane);
  return graph.build();
}

/** One number for all, or one for each channel, in NIR's order. */
function perNeuron(shape: MapShape, values: readonly number[]): Float32Array<ArrayBuffer> {
  return toChannelsFirst(shape, (i) => values[i % values.length]!);
}
