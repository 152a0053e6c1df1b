/**
 * @file From a trained network to a spiking one, in steps: everything linear is folded into the weights of spiking layers, a
 * method sets their thresholds, and what the method or the neuron asks for besides is done to the whole network. Nothing is
 * skipped silently: what cannot be converted is refused by name.
 *
 * To follow one weight, read on in this order: fold-layers.ts (which layers become one), current-through.ts (its current),
 * fold-batch-norm.ts (the folded weight), spiking-layer.ts (rounded once). methods/strelu.ts is the plainest of the methods.
 */
import { InputError } from '../errors.ts';
import { type ActivationLayer, mapSize, type TrainedNetwork } from '../nn/architecture.ts';
import { checkNumbers } from '../snn/check-numbers.ts';
import type { SpikingLayer, SpikingNetwork } from '../snn/network.ts';
import type { Neuron } from '../snn/neurons/neuron.ts';
import type { Calibration } from './calibration.ts';
import { checkActivations } from './check-activations.ts';
import { chooseNeuron } from './choose-neuron.ts';
import type { ConversionMethod } from './conversion-method.ts';
import type { ConversionReport } from './conversion-report.ts';
import { expandOwnLayers } from './expand-own-layers.ts';
import { type FoldedLayer, type FoldedLayers, foldLayers } from './fold-layers.ts';
import { layerReport } from './layer-report.ts';
import { methodNamed } from './methods/index.ts';
import { ownMethod } from './own-activations.ts';
import { spikingLayer } from './spiking-layer.ts';
import { restCoded } from './transforms/rest-coding.ts';

/** How to convert. */
export interface ConvertOptions {
  /** The name of a conversion method (CONVERSION_METHODS), or a method of one's own. Default: 'strelu'; for a network with activations of
   * one's own, to the neuron that they name. */
  readonly method?: string | ConversionMethod;
  /**
   * The neuron's name, or the neuron itself. Default: the method's first. One that strelu does not know is taken at its word: it
   * is for the caller to see to it that its response is the trained activation.
   */
  readonly neuron?: string | Neuron;
  /** The methods for ReLU need one: activations, and those that run the spiking network need images and steps too. */
  readonly calibration?: Calibration;
}

/** A spiking network, and what was done to make it. */
export interface Conversion {
  readonly snn: SpikingNetwork;
  /** What became of each layer; `conversionTable` shows it. */
  readonly report: ConversionReport;
}

/**
 * Converts a trained network to a spiking one.
 * @throws InputError when the network cannot be converted (the message names layer, reason and remedy)
 * @throws UsageError for an unknown method or neuron, or one of strelu's neurons that the method does not have
 * @example
 * const { snn, report } = convert(network, { method: 'strelu', neuron: 'half' });
 * snn.neuron.name; // 'half'
 * report.layers.length === snn.layers.length; // true
 */
export function convert(network: TrainedNetwork, options: ConvertOptions = {}): Conversion {
  const { architecture } = network;
  const asked = options.method ?? ownMethod(architecture, options.neuron) ?? 'strelu';
  const method = typeof asked === 'string' ? methodNamed(asked) : asked;
  checkActivations(architecture, method);
  const neuron = chooseNeuron(architecture, method, options.neuron);
  const calibration: Calibration = options.calibration ?? { activations: new Map() };

  const folded = foldLayers(expandOwnLayers(network));
  const layers = folded.layers.map((layer) =>
    spikingLayer(
      layer,
      layer.activation &&
        thresholdsOf(layer, folded, method.thresholds(network, layer.activation, calibration)),
    ),
  );
  const withThresholds = checkNumbers(assemble(network, layers, method, neuron, calibration));
  const snn = checkNumbers(
    neuron.silence === -1
      ? restCoded(withThresholds, neuron)
      : calibrated(withThresholds, method, calibrationOf(folded, calibration)),
  );

  const report: ConversionReport = {
    method: method.name,
    source: method.source,
    neuron: neuron.name,
    initialPotential: withThresholds.initialPotential,
    ...calibrationFacts(network, method, calibration),
    layers: snn.layers.map((layer, l) => layerReport(layer, folded.layers, l)),
    removed: folded.removed,
  };
  return { snn, report };
}

/** Those of the layer's own channels, where each channel has one. */
function thresholdsOf(
  { name, activation, firstChannel, bias }: FoldedLayer,
  folded: FoldedLayers,
  all: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  if (all.length === 1 || name === activation?.name) return all;
  const channels = channelsOf(activation, folded);
  if (all.length !== channels)
    throw new InputError(
      `${name}: expected 1 or ${channels} thresholds of all parts, found ${all.length}; put the flatten behind the activation`,
    );
  return all.slice(firstChannel, firstChannel + bias.length);
}

/** Of all parts of the layer that the activation was met in. */
function channelsOf(activation: ActivationLayer | null, { layers }: FoldedLayers): number {
  return layers
    .filter((one) => one.activation === activation)
    .reduce((sum, { bias }) => sum + bias.length, 0);
}

/** With the activations of each part of a concatenation under the name of its own layer. */
function calibrationOf(folded: FoldedLayers, calibration: Calibration): Calibration {
  const activations = new Map(calibration.activations);
  for (const { name, activation, firstChannel, bias } of folded.layers) {
    const all = activation && calibration.activations.get(activation.name);
    if (!all || name === activation.name) continue;
    const channels = channelsOf(activation, folded);
    const own = Array.from(all).filter((_, i) => {
      const channel = i % channels;
      return channel >= firstChannel && channel < firstChannel + bias.length;
    });
    activations.set(name, own);
  }
  return { ...calibration, activations };
}

/** The network of these layers, with a note of how it came about. */
function assemble(
  network: TrainedNetwork,
  layers: readonly SpikingLayer[],
  method: ConversionMethod,
  neuron: Neuron,
  calibration: Calibration,
): SpikingNetwork {
  const { name, input, classes } = network.architecture;
  const facts = calibrationFacts(network, method, calibration);
  return {
    name,
    input,
    classes,
    neuron,
    initialPotential: method.initialPotential(neuron),
    layers,
    ...(network.learned && { learned: network.learned }),
    provenance: { ...network.provenance, method: method.name, neuron: neuron.name, ...facts },
  };
}

/** The network with the thresholds or biases that the method finds by running it, if it does. */
function calibrated(snn: SpikingNetwork, method: ConversionMethod, calibration: Calibration): SpikingNetwork {
  if (!method.calibrate) return snn;
  const { images, steps } = calibration;
  if (!images || images.length === 0 || !steps) {
    throw new InputError(
      `${snn.name}: method ${method.name} runs the spiking network, expected calibration images and steps, found ${images?.length ? 'no steps' : 'no images'}; pass some training images`,
    );
  }
  return method.calibrate(snn, { ...calibration, images, steps });
}

/** What there was to calibrate on, for report and provenance; nothing where the method does not calibrate. */
function calibrationFacts(
  { architecture }: TrainedNetwork,
  method: ConversionMethod,
  { images, steps }: Calibration,
): Pick<ConversionReport, 'calibrationImages' | 'calibrationSteps'> {
  if (!method.needsCalibration) return {};
  return {
    ...(images && { calibrationImages: images.length / mapSize(architecture.input) }),
    ...(method.calibrate && steps && { calibrationSteps: steps }),
  };
}
