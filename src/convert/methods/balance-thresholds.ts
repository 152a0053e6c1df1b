/**
 * @file Threshold balancing, layer after layer:  theta_l = max I_l  over calibration images, neurons and steps 1..T, where
 * the layers before l run with the thresholds that they have just been given. A run up to layer l does not depend on theta_l,
 * so no current on these images exceeds its threshold: max I_l = theta_l, exactly.
 */
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import type { RunCalibration } from '../calibration.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { overflowingLayer, silentLayer } from '../unfit-layer.ts';
import { runUpTo } from './calibration-run.ts';

/** The thresholds of layers that are not balanced yet. */
export const UNBALANCED: ConversionMethod['thresholds'] = () => Float32Array.of(1);

/**
 * The network with balanced thresholds.
 * @throws InputError when no image excites a layer, or one makes it overflow
 */
export function balanceThresholds(network: SpikingNetwork, calibration: RunCalibration): SpikingNetwork {
  const layers = [...network.layers];
  for (let l = 0; l + 1 < layers.length; l++) {
    const layer = layers[l]!;
    const largest = largestCurrent({ ...network, layers }, l, calibration);
    if (!(largest > 0)) throw silentLayer(layer.name, 'current', largest);
    layers[l] = { ...layer, theta: Float32Array.of(largest) };
  }
  return { ...network, layers };
}

function largestCurrent(network: SpikingNetwork, l: number, calibration: RunCalibration): number {
  const steps = isConstant(network.layers[l]!) ? 1 : calibration.steps;
  let largest = Number.NEGATIVE_INFINITY;
  runUpTo(network, l, { ...calibration, steps }, 'currents', ({ currents }) => {
    for (const current of currents!) {
      if (!Number.isFinite(current)) throw overflowingLayer(network.layers[l]!.name, 'current', current);
      if (current > largest) largest = current;
    }
  });
  return largest;
}

/** True when a layer reads the image alone: its current is the same at every step. */
const isConstant = (layer: SpikingLayer): boolean => layer.inputs.every(({ from }) => from < 0);
