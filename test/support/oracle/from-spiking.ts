/**
 * @file Writes a spiking network out as dense rational matrices, from what `src/snn/network.ts` says its fields mean.
 * Only types are imported from src: the reading of the format is independent too.
 */

import type { SpikingLayer, SpikingNetwork } from '../../../src/snn/network.ts';
import { type PlainSynapses, plainSynapses } from '../../../src/snn/plain-synapses.ts';
import type { OracleGroup, OracleNetwork } from './network.ts';
import type { OracleKind } from './neuron.ts';
import { divide, multiply, type Rational, ratio, rational } from './rational.ts';

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export function oracleOf(network: SpikingNetwork): OracleNetwork {
  const { slope } = network.neuron;
  return {
    kind: network.neuron.name as OracleKind,
    initialPotential: rational(network.initialPotential),
    ...(slope !== undefined && { inverse: divide(ratio(1n), rational(slope)) }),
    layers: network.layers.map((layer) => {
      const channels = layer.shape[2];
      const neurons = Array.from({ length: size(layer.shape) }, (_, i) => i % channels);
      return {
        theta:
          layer.theta.length === 0
            ? []
            : neurons.map((c) => rational(layer.theta[layer.theta.length > 1 ? c : 0]!)),
        bias: neurons.map((c) => rational(layer.bias[c]!)),
        groups: layer.inputs.map((synapses) => groupOf(network, layer, plainSynapses(synapses))),
      };
    }),
  };
}

function groupOf(network: SpikingNetwork, layer: SpikingLayer, synapses: PlainSynapses): OracleGroup {
  const { from, pool } = synapses;
  const source = from < 0 ? network.input : network.layers[from]!.shape;
  const [height, width, channels] = source;
  const pooled = [Math.floor(height / pool), Math.floor(width / pool)] as const;
  const theta = from < 0 ? [1] : Array.from(network.layers[from]!.theta);
  const share = ratio(1n, BigInt(pool * pool));
  const rows = Array.from({ length: size(layer.shape) }, (_, o) => {
    const row = new Map<number, Rational>();
    const connect = (y: number, x: number, c: number, weight: number): void => {
      for (let dy = 0; dy < pool; dy++)
        for (let dx = 0; dx < pool; dx++) {
          const at = ((y * pool + dy) * width + x * pool + dx) * channels + c;
          const spike = rational(theta.length > 1 ? theta[c]! : theta[0]!);
          row.set(at, multiply(multiply(rational(weight), share), spike));
        }
    };
    wire(synapses, pooled, channels, layer.shape, o, connect);
    return [...row.entries()];
  });
  return { from, rows };
}

type Connect = (y: number, x: number, channel: number, weight: number) => void;

/** Calls `connect` for each position of the pooled source that output o sees. */
function wire(
  synapses: PlainSynapses,
  pooled: readonly [number, number],
  channels: number,
  out: readonly [number, number, number],
  o: number,
  connect: Connect,
): void {
  const oc = o % out[2];
  const ox = Math.floor(o / out[2]) % out[1];
  const oy = Math.floor(o / (out[2] * out[1]));
  if (synapses.kind === 'identity') {
    connect(oy, ox, oc, 1);
    return;
  }
  if (synapses.kind === 'linear') {
    for (let i = 0; i < pooled[0] * pooled[1] * channels; i++) {
      const position = Math.floor(i / channels);
      connect(
        Math.floor(position / pooled[1]),
        position % pooled[1],
        i % channels,
        synapses.weight[i * out[2] + oc]!,
      );
    }
    return;
  }
  const { kernel, stride, padding, weight } = synapses;
  for (let ky = 0; ky < kernel; ky++)
    for (let kx = 0; kx < kernel; kx++) {
      const [y, x] = [oy * stride + ky - padding, ox * stride + kx - padding];
      if (y < 0 || x < 0 || y >= pooled[0] || x >= pooled[1]) continue;
      for (let c = 0; c < channels; c++)
        connect(y, x, c, weight[((ky * kernel + kx) * channels + c) * out[2] + oc]!);
    }
}
