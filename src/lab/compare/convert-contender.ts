/**
 * @file The spiking network of one contender, calibrated on training images where its method asks for it.
 */

import { runsToCalibrate } from '../../convert/conversion-method.ts';
import { convert } from '../../convert/convert.ts';
import { methodNamed } from '../../convert/methods/index.ts';
import { asLearned } from '../../data/learned.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { calibrate } from '../calibrate.ts';
import type { Contender } from './contenders.ts';
import { type Setting, trainingImages } from './setting.ts';

/** Training images whose activations set thresholds, for the methods that look at some. */
export const CALIBRATION_IMAGES = 100;

export interface Converted {
  readonly snn: SpikingNetwork;
  /** The same before any calibration of its biases: with the trained activations it computes what the network does. */
  readonly plain: SpikingNetwork;
}

export async function convertContender(
  setting: Setting,
  { method: name, neuron }: Contender,
  network: TrainedNetwork,
): Promise<Converted> {
  const method = methodNamed(name);
  if (!method.needsCalibration) {
    const { snn } = convert(network, { method: name, neuron });
    return { snn, plain: snn };
  }
  const images = asLearned(await trainingImages(setting, CALIBRATION_IMAGES), network);
  const calibration = await calibrate(setting.runtime, network, images, CALIBRATION_IMAGES);
  const { snn } = convert(network, { method: name, neuron, calibration });
  if (!runsToCalibrate(method)) return { snn, plain: snn };
  const { layers } = convert(network, { method: 'relu-max', calibration }).snn;
  const plain = { ...snn, layers: snn.layers.map((layer, l) => ({ ...layer, bias: layers[l]!.bias })) };
  return { snn, plain };
}
