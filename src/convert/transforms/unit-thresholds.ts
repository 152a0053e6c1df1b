/**
 * @file The same network with every threshold 1: w theta_from / theta_to and b / theta_to give the same spikes (law L18), and
 * the dyadic grid, which must hold weights and thresholds alike, then spends no bits on thresholds.
 */
import { checkNumbers } from '../../snn/check-numbers.ts';
import { inputOf, synapseGeometry } from '../../snn/geometry.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../../snn/network.ts';
import { offGrid } from './off-grid.ts';

/**
 * The network with every threshold 1. An identity has no weights to absorb the ratio of two thresholds, so a network in which one
 * joins layers of different thresholds is returned unchanged.
 * @throws InputError on the int8 grid
 * @example
 * withUnitThresholds(snn).layers[0].theta; // [1]
 */
export function withUnitThresholds(network: SpikingNetwork): SpikingNetwork {
  const plain = offGrid(network);
  const thetaOf = (from: number, channel: number): number => {
    const theta = from < 0 ? undefined : plain.layers[from]!.theta;
    return theta === undefined || theta.length === 0 ? 1 : theta[channel % theta.length]!;
  };
  const layers: SpikingLayer[] = [];
  for (const [l, layer] of plain.layers.entries()) {
    const channels = layer.shape[2];
    const inputs: Synapses[] = [];
    for (const synapses of layer.inputs) {
      const { from, kind, weight } = synapses;
      if (kind === 'identity') {
        for (let c = 0; c < channels; c++) if (thetaOf(from, c) !== thetaOf(l, c)) return network;
        inputs.push(synapses);
        continue;
      }
      const geometry = synapseGeometry(plain, layer, synapses);
      const scaled = weight.map(
        (w, i) => (w * thetaOf(from, inputOf(geometry, i))) / thetaOf(l, i % channels),
      );
      inputs.push({ ...synapses, weight: scaled });
    }
    layers.push({
      ...layer,
      theta: layer.theta.length === 0 ? layer.theta : Float32Array.of(1),
      bias: layer.bias.map((b, c) => b / thetaOf(l, c)),
      inputs,
    });
  }
  return checkNumbers({ ...plain, layers });
}
