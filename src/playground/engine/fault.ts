/**
 * @file Networks broken on purpose. Each fault changes what runs, and nothing of what is claimed: the laws are then checked against
 * the sound network, and whatever the two have not in common is noticed by one of them.
 *
 *     fault       what runs                                   what must notice it
 *     weight      the largest weight of a layer, 3 times      L18: its current is not what its weights say
 *     bias        a layer without its bias                    L18
 *     threshold   a layer's theta, 1.5 times                  L1: a spike takes off more than theta
 *     reset       every neuron starts anew after a spike      L1: what was above theta is lost
 *     firing      every neuron fires at 0.9 theta             the count law and L9
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import type { FireRule } from '../../snn/step.ts';
import type { Fault } from '../protocol.ts';
import { withThresholds } from './variant.ts';

/** How far each number is moved. */
const WEIGHT = 3;
const THRESHOLD = 1.5;
const FIRING = 0.9;

/** The network as the fault leaves it; the very same one where there is none. */
export function broken(network: SpikingNetwork, { kind, layer }: Fault): SpikingNetwork {
  const at = Math.min(layer, network.layers.length - 1);
  switch (kind) {
    case 'none':
      return network;
    case 'weight':
      return withLayer(network, at, (one) => ({
        ...one,
        inputs: one.inputs.map((input, k) =>
          k === 0 ? { ...input, weight: largestScaled(input.weight) } : input,
        ),
      }));
    case 'bias':
      return withLayer(network, at, (one) => ({ ...one, bias: new Float32Array(one.bias.length) }));
    case 'threshold':
      return withThresholds(
        network,
        (theta) => theta.map((height) => THRESHOLD * height),
        spikingLayer(network, layer),
      );
    case 'reset':
      return withRule(network, { ...network.neuron.rule, reset: 'zero' });
    case 'firing':
      return withRule(network, firingAt(network.neuron.rule));
  }
}

/** The fault as a sentence. */
export function faultSentence(network: SpikingNetwork, { kind, layer }: Fault): string {
  const { name } = network.layers[Math.min(layer, network.layers.length - 1)]!;
  const spiking = network.layers[spikingLayer(network, layer)]!.name;
  return {
    none: 'Nothing is broken.',
    weight: `The largest weight into ${name} is ${WEIGHT} times what was trained.`,
    bias: `${name} has lost its bias.`,
    threshold: `The threshold of ${spiking} is ${THRESHOLD} times what was trained.`,
    reset: 'Every neuron starts again at 0 after a spike, instead of taking theta off.',
    firing: `Every neuron fires at ${FIRING} theta, whatever its kind says.`,
  }[kind];
}

/** The readout has no threshold: the layer before it stands in. */
const spikingLayer = ({ layers }: SpikingNetwork, layer: number): number =>
  Math.min(layer, layers.length - 2);

function largestScaled(weight: Float32Array<ArrayBufferLike>): Float32Array<ArrayBuffer> {
  const scaled = Float32Array.from(weight);
  const at = scaled.reduce((best, w, i) => (Math.abs(w) > Math.abs(scaled[best]!) ? i : best), 0);
  if (scaled.length > 0) scaled[at]! *= WEIGHT;
  return scaled;
}

const firingAt = (rule: FireRule): FireRule => ({
  ...rule,
  phiUp: FIRING,
  ...(rule.phiDown !== undefined && { phiDown: FIRING }),
});

type Layer = SpikingNetwork['layers'][number];

function withLayer(network: SpikingNetwork, at: number, change: (layer: Layer) => Layer): SpikingNetwork {
  return { ...network, layers: network.layers.map((layer, l) => (l === at ? change(layer) : layer)) };
}

/** A neuron that fires otherwise is none of those that SIMD kernels know: it runs in plain loops. */
function withRule(network: SpikingNetwork, rule: FireRule): SpikingNetwork {
  const { simd: _, ...neuron } = network.neuron;
  return { ...network, neuron: { ...neuron, rule } };
}
