/**
 * @file From a trained network to a spiking one: thresholds by a method, everything linear folded into weights.
 * Nothing is skipped silently: what cannot be converted is refused by name.
 */
import { InputError, UsageError } from '../errors.ts';
import { type ActivationLayer, mapSize, type TrainedNetwork } from '../nn/architecture.ts';
import type { NeuronKind, SpikingLayer, SpikingNetwork, Synapses } from '../snn/network.ts';
import { describeLayer } from './describe-layer.ts';
import type { Calibration, ConversionMethod } from './method.ts';
import { CONVERSION_METHODS, methodNamed } from './methods/index.ts';
import type { ConversionReport } from './report.ts';
import type { CurrentSignal, Part } from './signal.ts';
import { slopeOf } from './slope.ts';
import { restCoded } from './transforms/rest-coding.ts';
import { walk } from './walk.ts';

export interface ConvertOptions {
  /** Default 'strelu'. */
  readonly method?: string;
  /** Default: the method's first. */
  readonly neuron?: NeuronKind;
  /** Needed by the relu methods: activations, and for those that run the spiking network images and steps too. */
  readonly calibration?: Calibration;
}

export interface Conversion {
  readonly snn: SpikingNetwork;
  readonly report: ConversionReport;
}

/**
 * @throws InputError when the network cannot be converted (names layer, reason, remedy)
 * @throws UsageError for an unknown method, or a neuron that it does not have
 * @example
 * const { snn, report } = convert(network, { method: 'strelu', neuron: 'half' });
 */
export function convert(network: TrainedNetwork, options: ConvertOptions = {}): Conversion {
  const method = methodNamed(options.method ?? 'strelu');
  const neuron = options.neuron ?? method.neurons[0]!;
  if (!method.neurons.includes(neuron)) {
    throw new UsageError(
      `neuron: method ${method.name} expects ${method.neurons.join(', ')}, found ${neuron}`,
    );
  }
  const { input, classes, name, layers: trained } = network.architecture;
  const calibration: Calibration = options.calibration ?? { activations: new Map() };
  const layers: SpikingLayer[] = [];
  const made: { readonly current: CurrentSignal; readonly foldedFrom: readonly string[] }[] = [];
  const removed: string[] = [];
  const sourceName = (from: number): string => (from < 0 ? 'image' : layers[from]!.name);
  const finish = (
    label: string,
    current: CurrentSignal,
    theta: Float32Array<ArrayBuffer>,
    foldedFrom: readonly string[],
  ): number => {
    const layer: SpikingLayer = {
      name: label,
      shape: current.shape,
      theta,
      bias: round(label, current.bias),
      inputs: current.parts.map((part) => synapses(label, part)),
    };
    made.push({ current, foldedFrom });
    return layers.push(layer) - 1;
  };
  const end = walk(
    trained,
    { kind: 'spikes', from: -1, pool: 1, shape: input, affine: null, names: [] },
    {
      network,
      remove: (layer) => removed.push(layer),
      addLayer: (layer, current) => {
        checkActivation(layer, method);
        const theta = method.thresholds(network, layer, calibration);
        if (theta.length !== 1 && theta.length !== current.shape[2]) {
          throw new InputError(
            `${layer.name}: expected 1 or ${current.shape[2]} thresholds, found ${theta.length}; correct the architecture`,
          );
        }
        return finish(layer.name, current, theta, [...current.names, layer.name]);
      },
    },
  );
  const last = trained.at(-1)?.name ?? name;
  if (end.kind === 'spikes') {
    throw new InputError(
      `${last}: the network must end in a weight layer without activation (the readout); add a linear layer`,
    );
  }
  if (mapSize(end.shape) !== classes) {
    throw new InputError(
      `${last}: expected ${classes} outputs, found ${end.shape.join('x')}; end in ${classes} classes, pooled to 1x1`,
    );
  }
  const readout =
    end.names.findLast((label) =>
      trained.some((layer) => layer.name === label && layer.kind !== 'avgPool'),
    ) ?? last;
  finish(readout, end, new Float32Array(0), [...end.names]);
  const initialPotential = method.initialPotential(neuron);
  const leak = neuron === 'leaky' ? slopeOf(network.architecture) : null;
  const calibrated = {
    ...(calibration.images && { calibrationImages: calibration.images.length / mapSize(input) }),
    ...(method.calibrate && calibration.steps && { calibrationSteps: calibration.steps }),
  };
  const raw: SpikingNetwork = {
    name,
    input,
    classes,
    neuron,
    ...(leak !== null && { leak }),
    initialPotential,
    layers,
    provenance: {
      ...network.provenance,
      method: method.name,
      neuron,
      ...(method.needsCalibration && calibrated),
    },
  };
  const snn = neuron === 'rest' ? restCoded(raw) : calibrateBy(method, raw, calibration);
  return {
    snn,
    report: {
      method: method.name,
      source: method.source,
      neuron,
      initialPotential,
      ...(method.needsCalibration && calibrated),
      layers: snn.layers.map((layer, l) => {
        const { current, foldedFrom } = made[l]!;
        return describeLayer(layer, current, foldedFrom, sourceName);
      }),
      removed,
    },
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

function checkActivation(layer: ActivationLayer, method: ConversionMethod): void {
  if (method.activations.includes(layer.activation)) return;
  const fitting = CONVERSION_METHODS.filter((candidate) =>
    candidate.activations.includes(layer.activation),
  ).map((r) => r.name);
  const remedy =
    fitting.length > 0
      ? `use method ${fitting.join(' or ')}`
      : 'train with strelu, trelu, tleaky-relu, qcfs or relu instead';
  throw new InputError(
    `${layer.name}: method ${method.name} converts ${method.activations.join(', ')}, found ${layer.activation}; ${remedy}`,
    { code: 'method-unfit' },
  );
}

function round(layer: string, values: Float64Array): Float32Array<ArrayBuffer> {
  const rounded = Float32Array.from(values);
  const bad = rounded.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return rounded;
  throw new InputError(
    `${layer}: expected finite weights after folding, found ${rounded[bad]} at ${bad}; train again`,
  );
}

function synapses(layer: string, part: Part): Synapses {
  const { kind, from, pool, kernel, stride, padding } = part;
  return { kind, from, pool, weight: round(layer, part.weight), kernel, stride, padding };
}
