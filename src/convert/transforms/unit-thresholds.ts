/**
 * @file The same network with every threshold 1: w theta_from / theta_to and b / theta_to give the same spikes (law L18), and
 * the grid of proof/grid.ts, which must hold weights and thresholds alike, then spends no bits on thresholds.
 */
import { sourceShape } from '../../snn/geometry.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../../snn/network.ts';
import { snapNetwork } from './dyadic-grid.ts';

/**
 * @returns null when an identity joins layers of different thresholds: it has no weights to take their ratio up
 */
export function unitThresholds(network: SpikingNetwork): SpikingNetwork | null {
  if (network.onGrid) return null;
  const thetaOf = (from: number, channel: number): number => {
    const theta = from < 0 ? undefined : network.layers[from]!.theta;
    return theta === undefined || theta.length === 0 ? 1 : theta[channel % theta.length]!;
  };
  const layers: SpikingLayer[] = [];
  for (const [l, layer] of network.layers.entries()) {
    const channels = layer.shape[2];
    const inputs: Synapses[] = [];
    for (const synapses of layer.inputs) {
      const { from, kind, weight } = synapses;
      const sources = sourceShape(network, from)[2];
      if (kind === 'identity') {
        for (let c = 0; c < channels; c++) if (thetaOf(from, c) !== thetaOf(l, c)) return null;
        inputs.push(synapses);
        continue;
      }
      const scaled = weight.map((w, i) => {
        const [input, output] = [Math.floor(i / channels) % sources, i % channels];
        return (w * thetaOf(from, input)) / thetaOf(l, output);
      });
      inputs.push({ ...synapses, weight: scaled });
    }
    layers.push({
      ...layer,
      theta: layer.theta.length === 0 ? layer.theta : Float32Array.of(1),
      bias: layer.bias.map((b, c) => b / thetaOf(l, c)),
      inputs,
    });
  }
  return { ...network, layers };
}

/**
 * The network on a grid on which `steps` steps never round, thresholds 1 where that can be.
 * @throws InputError when float32 is too short for its sums
 */
export function exactNetwork(network: SpikingNetwork, steps: number): SpikingNetwork {
  const unit = unitThresholds(network);
  return unit ? snapNetwork(unit, { steps, thetaBits: 0 }) : snapNetwork(network, { steps });
}
