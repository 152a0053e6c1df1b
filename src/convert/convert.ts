/**
 * @file From a trained network to a spiking one: thresholds by a method, everything linear folded into weights.
 * Nothing is skipped silently: what cannot be converted is refused by name.
 */
import { InputError } from '../errors.ts';
import { activationLayers } from '../nn/activation-layers.ts';
import { type Architecture, mapSize, type TrainedNetwork } from '../nn/architecture.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../snn/network.ts';
import type { Neuron } from '../snn/neurons/neuron.ts';
import { chooseNeuron } from './choose-neuron.ts';
import type { ConversionReport } from './conversion-report.ts';
import { type FoldedLayer, foldLayers } from './fold-layers.ts';
import type { Summand } from './layer-output.ts';
import { layerReport } from './layer-report.ts';
import type { Calibration, ConversionMethod } from './method.ts';
import { CONVERSION_METHODS, methodNamed } from './methods/index.ts';
import { slopeOf } from './slope.ts';
import { restCoded } from './transforms/rest-coding.ts';

export interface ConvertOptions {
  /** Default 'strelu'. */
  readonly method?: string;
  /**
   * A name, or the neuron itself. Default: the method's first. One that strelu does not know is taken at its word: that its
   * response is the trained activation is for the caller to see to.
   */
  readonly neuron?: string | Neuron;
  /** Needed by the relu methods: activations, and for those that run the spiking network images and steps too. */
  readonly calibration?: Calibration;
}

export interface Conversion {
  readonly snn: SpikingNetwork;
  readonly report: ConversionReport;
}

/**
 * @throws InputError when the network cannot be converted (names layer, reason, remedy)
 * @throws UsageError for an unknown method or neuron, or one of strelu's neurons that the method does not have
 * @example
 * const { snn, report } = convert(network, { method: 'strelu', neuron: 'half' });
 */
export function convert(network: TrainedNetwork, options: ConvertOptions = {}): Conversion {
  const method = methodNamed(options.method ?? 'strelu');
  const chosen = chooseNeuron(method, options.neuron);
  const { input, classes, name } = network.architecture;
  const calibration: Calibration = options.calibration ?? { activations: new Map() };
  checkActivations(network.architecture, method);
  const folded = foldLayers(network);
  const layers = folded.layers.map((layer) => spikingLayer(layer, network, method, calibration));
  const neuron = chosen.withSlope?.(slopeOf(network.architecture)) ?? chosen;
  const initialPotential = method.initialPotential(neuron);
  const calibrated = {
    ...(calibration.images && { calibrationImages: calibration.images.length / mapSize(input) }),
    ...(method.calibrate && calibration.steps && { calibrationSteps: calibration.steps }),
  };
  const raw: SpikingNetwork = {
    name,
    input,
    classes,
    neuron,
    initialPotential,
    layers,
    provenance: {
      ...network.provenance,
      method: method.name,
      neuron: neuron.name,
      ...(method.needsCalibration && calibrated),
    },
  };
  const snn = neuron.silence === -1 ? restCoded(raw, neuron) : calibrateBy(method, raw, calibration);
  return {
    snn,
    report: {
      method: method.name,
      source: method.source,
      neuron: neuron.name,
      initialPotential,
      ...(method.needsCalibration && calibrated),
      layers: snn.layers.map((layer, l) => layerReport(layer, folded.layers, l)),
      removed: folded.removed,
    },
  };
}

/** A folded layer with its thresholds, all numbers rounded to float32. */
function spikingLayer(
  { name, activation, current }: FoldedLayer,
  network: TrainedNetwork,
  method: ConversionMethod,
  calibration: Calibration,
): SpikingLayer {
  const theta = activation ? method.thresholds(network, activation, calibration) : new Float32Array(0);
  if (activation && theta.length !== 1 && theta.length !== current.shape[2]) {
    throw new InputError(
      `${name}: expected 1 or ${current.shape[2]} thresholds, found ${theta.length}; correct the architecture`,
    );
  }
  return {
    name,
    shape: current.shape,
    theta,
    bias: rounded(name, current.bias),
    inputs: current.summands.map((summand) => synapses(name, summand)),
  };
}

function calibrateBy(
  method: ConversionMethod,
  snn: SpikingNetwork,
  calibration: Calibration,
): SpikingNetwork {
  if (!method.calibrate) return snn;
  const { images, steps } = calibration;
  if (!images || images.length === 0 || !steps) {
    throw new InputError(
      `${snn.name}: method ${method.name} runs the spiking network, expected calibration images and steps, found ${images ? 'no steps' : 'no images'}; pass some training images`,
    );
  }
  return method.calibrate(snn, { ...calibration, images, steps });
}

/** @throws InputError when the method has no thresholds for an activation of the network */
function checkActivations({ layers }: Architecture, method: ConversionMethod): void {
  const foreign = activationLayers(layers).find(({ activation }) => !method.activations.includes(activation));
  if (!foreign) return;
  const { name, activation } = foreign;
  const fitting = CONVERSION_METHODS.filter((candidate) => candidate.activations.includes(activation));
  const remedy =
    fitting.length > 0
      ? `use method ${fitting.map((candidate) => candidate.name).join(' or ')}`
      : 'train with strelu, trelu, tleaky-relu, qcfs or relu instead';
  throw new InputError(
    `${name}: method ${method.name} converts ${method.activations.join(', ')}, found ${activation}; ${remedy}`,
    { code: 'method-unfit' },
  );
}

function rounded(layer: string, values: Float64Array): Float32Array<ArrayBuffer> {
  const narrow = Float32Array.from(values);
  const bad = narrow.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return narrow;
  throw new InputError(
    `${layer}: expected finite weights after folding, found ${narrow[bad]} at ${bad}; train again`,
  );
}

function synapses(layer: string, summand: Summand): Synapses {
  const { kind, from, pool, kernel, stride, padding } = summand;
  return { kind, from, pool, weight: rounded(layer, summand.weight), kernel, stride, padding };
}
