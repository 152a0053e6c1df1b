/**
 * @file A spiking network as a safetensors file: LAYER.theta, LAYER.bias and LAYER.input.K.weight, on the int8 grid LAYER.scale;
 * everything else in the metadata. Of its neuron the file has the name and the firing rule; the rest is on the neuron's page, so
 * that a neuron of one's own is handed in when its file is read. Version 2 has a field for the grid of the network; files of
 * version 1, where the grid stands in the provenance, are read as well. Version 3 is written only for what version 2 cannot say:
 * synapses that are not square, or have more than one stride or padding, a dilation, groups, a max pool or another mean.
 */

import { InputError } from '../errors.ts';
import { mapSize } from '../nn/architecture.ts';
import { frameOf, pairOf, placesOf, squareOf } from '../nn/map-window.ts';
import { checkNumbers } from '../snn/check-numbers.ts';
import { pooledMap, sourceShape, synapseGeometry, windowOfPool } from '../snn/geometry.ts';
import { onInt8Grid } from '../snn/grid.ts';
import type { PoolWindow, SpikingLayer, SpikingNetwork, Synapses } from '../snn/network.ts';
import { NEURONS } from '../snn/neurons/index.ts';
import type { Neuron } from '../snn/neurons/neuron.ts';
import { arePlain } from '../snn/plain-synapses.ts';
import { type Fields, readFields } from './fields.ts';
import { SNN_FORMAT } from './format-names.ts';
import { gridOfVersion1, readGrid } from './grid-json.ts';
import { learnedMetadata, readLearned } from './learned-json.ts';
import {
  checkFormat,
  checkMetadataKeys,
  metadataJson,
  type Provenance,
  readProvenance,
  TensorReader,
} from './network-tensors.ts';
import { writeJson } from './parse-json.ts';
import { readRule, ruleText } from './rule-json.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.ts';

/** The versions that can be read. */
const VERSIONS = ['1', '2', '3'] as const;

const KEYS = ['format', 'format_version', 'network', 'fire_rule', 'provenance', 'learned'];
const KINDS = ['conv2d', 'linear', 'identity'] as const;

/** How to read a spiking network. */
export interface ReadSnnOptions {
  /** Neurons of the caller's own; they are looked up before strelu's. */
  readonly neurons?: readonly Neuron[];
}

/**
 * The bytes of a spiking network's file.
 * @throws InputError for numbers that no reader would take
 * @example
 * decodeSnn(encodeSnn(snn), 'snn').neuron.name; // 'half'
 */
export function encodeSnn(network: SpikingNetwork): Uint8Array<ArrayBuffer> {
  checkNumbers(network);
  const tensors = new Map<string, StoredTensor>();
  const put = (name: string, shape: readonly number[], data: Float32Array<ArrayBufferLike>): void => {
    if (tensors.has(name)) throw new Error(`snn: two tensors are called ${name}`);
    tensors.set(name, { dtype: 'F32', shape, data });
  };
  for (const layer of network.layers) {
    if (layer.theta.length > 0) put(`${layer.name}.theta`, [layer.theta.length], layer.theta);
    put(`${layer.name}.bias`, [layer.bias.length], layer.bias);
    if (onInt8Grid(network)) put(`${layer.name}.scale`, [layer.shape[2]], layer.scale!);
    layer.inputs.forEach((synapses, k) => {
      if (synapses.kind !== 'identity' || onInt8Grid(network)) {
        put(`${layer.name}.input.${k}.weight`, weightShape(network, layer, synapses), synapses.weight);
      }
    });
  }
  const layers = network.layers.map((layer) => ({
    name: layer.name,
    shape: layer.shape,
    thetas: layer.theta.length,
    ...(layer.bias.length !== layer.shape[2] && { biases: layer.bias.length }),
    inputs: layer.inputs.map(({ weight: _, ...rest }) => rest),
  }));
  const { name, input, classes, neuron, initialPotential, grid } = network;
  const { slope: leak, rule } = neuron;
  const described = { name, input, classes, neuron: neuron.name, leak, rule, initialPotential, grid, layers };
  const metadata = {
    format: SNN_FORMAT,
    format_version: network.layers.every((layer) => layer.inputs.every(arePlain)) ? '2' : '3',
    network: writeJson(described),
    fire_rule: `${neuron.name} ${neuron.says}`,
    provenance: writeJson(network.provenance),
    ...learnedMetadata(network.learned),
  };
  return encodeSafetensors({ tensors, metadata });
}

/**
 * A spiking network from the bytes of its file.
 * @param source the file's name, for errors
 * @throws InputError naming the tensor, layer or field that is wrong
 * @example
 * decodeSnn(encodeSnn(snn), 'snn.safetensors').layers.length === snn.layers.length; // true
 */
export function decodeSnn(
  bytes: Uint8Array<ArrayBufferLike>,
  source: string,
  { neurons: own = [] }: ReadSnnOptions = {},
): SpikingNetwork {
  const file = decodeSafetensors(bytes, source);
  const version = checkFormat(file, SNN_FORMAT, VERSIONS, source);
  checkMetadataKeys(file, KEYS, source);
  const reader = new TensorReader(file, source);
  const provenance = readProvenance(file, source);
  const network = readFields(metadataJson(file, 'network', source), `${source}: network`, (fields) =>
    readNetwork(fields, version, provenance, reader, own),
  );
  reader.finish();
  const readout = network.layers.at(-1)?.shape.join('x') ?? 'no layer';
  if (readout !== `1x1x${network.classes}`) {
    throw new InputError(
      `${source}: the readout should have a map of 1x1x${network.classes}, found ${readout}`,
    );
  }
  return checkNumbers({ ...network, ...readLearned(file, network, source) });
}

function readNetwork(
  fields: Fields,
  version: (typeof VERSIONS)[number],
  provenance: Provenance,
  reader: TensorReader,
  own: readonly Neuron[],
): SpikingNetwork {
  const layers: SpikingLayer[] = [];
  const grid = version === '1' ? gridOfVersion1(provenance) : readGrid(fields);
  const network: SpikingNetwork = {
    name: fields.text('name'),
    input: fields.shape('input'),
    classes: fields.count('classes'),
    neuron: readNeuron(fields, own),
    initialPotential: fields.number('initialPotential'),
    layers,
    ...(grid && { grid }),
    provenance,
  };
  const described = fields.list('layers');
  described.forEach((layer, index) => {
    layers.push(readLayer(network, layer, index === described.length - 1, reader));
    checkMaps(network, layer.place);
  });
  return network;
}

function readNeuron(fields: Fields, own: readonly Neuron[]): Neuron {
  const name = fields.text('neuron');
  const all = [...own, ...NEURONS];
  const known = all.find((neuron) => neuron.name === name);
  if (!known) {
    throw new InputError(
      `${fields.place}: neuron should be one of ${all.map((neuron) => neuron.name).join(', ')}, found "${name}"; pass the neuron to loadSnn if it is your own`,
    );
  }
  const neuron = known.withSlope?.(slope(fields)) ?? known;
  if (!fields.has('rule')) return neuron; // files of the first releases have only the name
  const [expected, found] = [neuron.rule, readRule(fields.object('rule'))].map(ruleText);
  if (found === expected) return neuron;
  throw new InputError(
    `${fields.place}: neuron ${name} should fire by ${expected}, found ${found}; pass the neuron that the file was written with to loadSnn`,
  );
}

function slope(fields: Fields): number {
  const leak = fields.number('leak');
  if (leak > 0 && leak <= 1) return leak;
  throw new InputError(`${fields.place}: leak should be in (0, 1], found ${leak}`);
}

function readLayer(
  network: SpikingNetwork,
  fields: Fields,
  last: boolean,
  reader: TensorReader,
): SpikingLayer {
  const index = network.layers.length;
  const name = fields.text('name');
  const shape = fields.shape('shape');
  const thetas = fields.count('thetas', 0);
  if (last ? thetas !== 0 : thetas !== 1 && thetas !== shape[2]) {
    throw new InputError(
      `${fields.place}: thetas should be ${last ? '0 (the readout)' : `1 or ${shape[2]}`}, found ${thetas}`,
    );
  }
  const inputs = fields.list('inputs').map((input, k): Synapses => {
    const from = input.count('from', -1);
    if (from >= index)
      throw new InputError(`${input.place}: from should be a layer before ${index}, found ${from}`);
    input.only(INPUT_FIELDS);
    const described: Synapses = {
      kind: input.choice('kind', KINDS),
      from,
      ...(input.has('maxPool') && { maxPool: readPool(input.object('maxPool')) }),
      pool: input.isObject('pool') ? readPool(input.object('pool')) : input.count('pool'),
      kernel: squareOf(input.pair('kernel')),
      stride: squareOf(input.pair('stride')),
      padding: frameOf(input.border('padding')),
      ...(input.has('dilation') && { dilation: squareOf(input.pair('dilation')) }),
      ...(input.has('groups') && { groups: input.count('groups') }),
      weight: new Float32Array(0),
    };
    if (described.kind === 'identity' && !onInt8Grid(network)) return described;
    const expected = weightShape(network, { shape }, described);
    return { ...described, weight: reader.take(`${name}.input.${k}.weight`, expected) };
  });
  if (inputs.length === 0) throw new InputError(`${fields.place}: has no inputs`);
  const theta = thetas === 0 ? new Float32Array(0) : reader.takePositive(`${name}.theta`, [thetas]);
  const biases = fields.has('biases') ? fields.count('biases') : shape[2];
  if (biases !== shape[2] && biases !== mapSize(shape))
    throw new InputError(
      `${fields.place}: biases should be ${shape[2]} or ${mapSize(shape)}, found ${biases}`,
    );
  const bias = reader.take(`${name}.bias`, [biases]);
  const scale = onInt8Grid(network) ? reader.takePositive(`${name}.scale`, [shape[2]]) : undefined;
  return { name, shape, theta, bias, ...(scale && { scale }), inputs };
}

/** The synapses of the newest layer give its map. */
function checkMaps(network: SpikingNetwork, place: string): void {
  const layer = network.layers.at(-1)!;
  layer.inputs.forEach((synapses, k) => {
    const { map, kernelHeight, kernelWidth, ...moves } = synapseGeometry(network, layer, synapses);
    const window = { ...moves, window: [kernelHeight, kernelWidth] as const };
    const fits = ([0, 1] as const).every((axis) => placesOf(map[axis], window, axis) === layer.shape[axis]);
    if (synapses.kind === 'conv2d' && !fits) {
      throw new InputError(`${place}: inputs[${k}] does not give a map of ${layer.shape.join('x')}`);
    }
  });
}

const INPUT_FIELDS: readonly (keyof Synapses)[] = [
  'kind',
  'from',
  'maxPool',
  'pool',
  'kernel',
  'stride',
  'padding',
  'dilation',
  'groups',
];

function readPool(fields: Fields): PoolWindow {
  fields.only(['window', 'stride', 'padding']);
  return {
    window: squareOf(fields.pair('window')),
    stride: squareOf(fields.pair('stride')),
    // below 0: only windows inside the map
    padding: frameOf(fields.border('padding', -(2 ** 31) + 1)),
  };
}

/** conv2d: [kernelHeight, kernelWidth, inChannels / groups, outChannels]; linear: [inputs, outputs]; identity, on the int8 grid: [outChannels]. */
function weightShape(
  network: SpikingNetwork,
  layer: Pick<SpikingLayer, 'shape'>,
  synapses: Synapses,
): number[] {
  const { kind, from, maxPool, pool, kernel, groups = 1 } = synapses;
  if (kind === 'identity') return [layer.shape[2]];
  const source = sourceShape(network, from);
  const sent = maxPool ? pooledMap(source, windowOfPool(maxPool)) : source;
  const map = pooledMap(sent, windowOfPool(pool));
  return kind === 'conv2d'
    ? [...pairOf(kernel), map[2] / groups, layer.shape[2]]
    : [mapSize(map), layer.shape[2]];
}
