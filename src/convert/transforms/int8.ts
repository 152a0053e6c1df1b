/**
 * @file Puts a spiking network on the int8 grid: int8 weights with one scale per channel or per layer, whole thresholds
 * and biases. Everything after the layers that read the image is then exact arithmetic, in any order.
 */
import { InputError } from '../../errors.ts';
import { checkNumbers } from '../../snn/check-numbers.ts';
import { type ScaledSynapses, scaledSynapses } from '../../snn/geometry.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../../snn/network.ts';
import { offGrid } from './off-grid.ts';

/** The largest weight on the grid. */
const MOST = 127;
/** How many units theta has in a layer that reads only the image: its currents are real numbers, rounded to whole units. */
const FINE = 1024;

/**
 * The network on the int8 grid. Weights become round(w / scale), scale = max abs(w) / 127 over a channel or the layer; thresholds the nearest even number
 * of units, so that theta / 2 is whole too.
 * @throws InputError when the network is on the int8 grid already, or an identity reads the image
 * @example
 * simulate(quantisedToInt8(snn), images, { steps: 8 }); // runs in int8
 */
export function quantisedToInt8(
  network: SpikingNetwork,
  per: 'channel' | 'layer' = 'channel',
): SpikingNetwork {
  const plain = offGrid(network);
  const layers = plain.layers.map((layer) => quantiseLayer(plain, layer, per));
  return checkNumbers({ ...plain, layers, grid: { kind: 'int8', per } });
}

function quantiseLayer(network: SpikingNetwork, layer: SpikingLayer, per: 'channel' | 'layer'): SpikingLayer {
  const channels = layer.shape[2];
  const scaled = layer.inputs.map((synapses) => scaledSynapses(network, layer, synapses));
  const scale = scales(layer, scaled, per);
  const theta = Float32Array.from(layer.theta.length === 0 ? [] : scale, (unit, c) =>
    Math.max(2, 2 * Math.round(layer.theta[layer.theta.length === 1 ? 0 : c]! / unit / 2)),
  );
  const bias = layer.bias.map((b, i) => Math.round(b / scale[i % scale.length]!));
  const inputs = layer.inputs.map((synapses, g): Synapses => {
    const image = synapses.from < 0;
    if (synapses.kind === 'identity' && image) {
      throw new InputError(
        `${layer.name}: an identity from the image cannot be on the int8 grid; put a 1x1 convolution there`,
      );
    }
    const source = image ? synapses.weight : scaled[g]!.weight;
    const whole =
      synapses.kind === 'identity' ? (w: number): number => Math.max(1, Math.round(w)) : Math.round;
    const weight = source.map((w, i) => {
      const units = w / scale[i % channels]!;
      return image ? units : whole(units);
    });
    return { ...synapses, weight };
  });
  return { ...layer, theta, bias, scale, inputs };
}

function scales(
  layer: SpikingLayer,
  scaled: readonly ScaledSynapses[],
  per: 'channel' | 'layer',
): Float32Array<ArrayBuffer> {
  const channels = layer.shape[2];
  const theta = (c: number): number => layer.theta[layer.theta.length === 1 ? 0 : c] ?? 1;
  const largest = new Float64Array(channels);
  for (const { from, kind, weight } of scaled) {
    if (from < 0 || kind === 'identity') continue;
    for (let i = 0; i < weight.length; i++) {
      const c = i % channels;
      if (Math.abs(weight[i]!) > largest[c]!) largest[c] = Math.abs(weight[i]!);
    }
  }
  if (per === 'layer') largest.fill(largest.reduce((a, b) => Math.max(a, b), 0));
  return Float32Array.from(largest, (most, c) => (most > 0 ? most / MOST : theta(c) / FINE));
}
