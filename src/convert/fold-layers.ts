/**
 * @file Folds a trained network into the layers of a spiking one: follows it layer by layer and gathers everything linear
 * (weights, batch norms, pools, residual sums) into the current that the next neurons receive. An activation, or the end of
 * the network, finishes a layer.
 */
import { InputError } from '../errors.ts';
import {
  type ActivationLayer,
  type Architecture,
  type Layer,
  type MapShape,
  mapSize,
  type TrainedNetwork,
} from '../nn/architecture.ts';
import { NO_BORDER } from '../nn/map-window.ts';
import { windowOfPool } from '../snn/geometry.ts';
import { currentThrough } from './current-through.ts';
import { foldBatchNorm, repeatAffine } from './fold-batch-norm.ts';
import { foldConcat } from './fold-concat.ts';
import { foldMaxPool, pooledPart } from './fold-max-pool.ts';
import { foldPad, refuseFilled } from './fold-pad.ts';
import { foldPool } from './fold-pool.ts';
import { foldResidual } from './fold-residual.ts';
import type { Current, LayerOutput, SpikePart, Spikes, Summand } from './layer-output.ts';

/** A spiking layer before it gets its thresholds. */
export interface FoldedLayer {
  /** The activation's name; the readout has that of its last weight layer. */
  readonly name: string;
  /** The activation that its neurons are to stand for; null for the readout, which does not spike. */
  readonly activation: ActivationLayer | null;
  readonly shape: MapShape;
  readonly summands: readonly Summand[];
  /** [channels of `shape`] */
  readonly bias: Float64Array;
  /** The activation's channels that these are, from this one on: a concatenation of currents has a layer for each part. */
  readonly firstChannel: number;
  /** Layers of the trained network that ended in this one. */
  readonly foldedFrom: readonly string[];
}

/** All layers of the spiking network to be. */
export interface FoldedLayers {
  /** The readout is the last. */
  readonly layers: readonly FoldedLayer[];
  /** Layers that only training needs. */
  readonly removed: readonly string[];
}

/** What has been folded so far. */
interface Folding {
  readonly network: TrainedNetwork;
  readonly layers: FoldedLayer[];
  readonly removed: string[];
}

/** @throws InputError that names the layer, why it cannot be converted, and what to do. */
export function foldLayers(network: TrainedNetwork): FoldedLayers {
  const { input, layers } = network.architecture;
  const folding: Folding = { network, layers: [], removed: [] };
  const image: Spikes = {
    kind: 'spikes',
    parts: [sentBy(-1, input)],
    shape: input,
    affine: null,
    names: [],
  };
  const readout = readoutOf(network.architecture, foldAll(layers, image, folding));
  return { layers: [...folding.layers, readout], removed: folding.removed };
}

function foldAll(layers: readonly Layer[], input: LayerOutput, folding: Folding): LayerOutput {
  return layers.reduce((output, layer) => fold(layer, output, folding), input);
}

/** What becomes of a layer's output, given what has become of its input. */
function fold(layer: Layer, input: LayerOutput, folding: Folding): LayerOutput {
  const { network } = folding;
  switch (layer.kind) {
    case 'conv2d':
    case 'linear':
      return currentThrough(layer, expectSpikes(layer.name, input), network);
    case 'batchNorm':
      return foldBatchNorm(layer, input, network);
    case 'avgPool':
      return foldPool(layer, input);
    case 'maxPool':
      return foldMaxPool(layer, input);
    case 'pad':
      return foldPad(layer, input);
    case 'flatten':
      return flatten(layer.name, input);
    case 'concat': {
      const source = expectSpikes(layer.name, input);
      return foldConcat(
        layer.name,
        layer.branches.map((branch) => foldAll(branch, source, folding)),
      );
    }
    case 'activation':
      return finishLayer(layer, input, folding);
    case 'residual': {
      const source = expectSpikes(layer.name, input);
      const body = foldAll(layer.body, source, folding);
      return foldResidual(layer.name, body, foldAll(layer.shortcut, source, folding));
    }
    case 'dropout':
      folding.removed.push(layer.name);
      return input;
    default:
      return refuseUnknown(layer);
  }
}

/** Neurons receive the current; what the next layer reads are their spikes. */
function finishLayer(activation: ActivationLayer, input: LayerOutput, { layers }: Folding): Spikes {
  const { name } = activation;
  if (input.kind === 'spikes') {
    throw new InputError(
      `${name}: an activation needs weights before it, found none; remove it or add a weight layer`,
    );
  }
  if (input.maxPool && activation.own)
    throw new InputError(
      `${name}: a max pool (${input.maxPool.name}) before an activation of one's own, which may decrease; put the pool behind it`,
    );
  const [height, width] = mapBefore(input);
  let first = 0;
  const parts = input.parts.map(({ summands, bias }, k) => {
    const shape: MapShape = [height, width, bias.length];
    const own = input.parts.length > 1 ? `${name}/${k + 1}` : name;
    const foldedFrom = [...input.names, name];
    const layer = { name: own, activation, shape, summands, bias, firstChannel: first, foldedFrom };
    const sent = sentBy(layers.push(layer) - 1, shape);
    first += bias.length;
    return input.maxPool ? pooledPart(input.maxPool.name, input.maxPool.window, sent) : sent;
  });
  const spikes: Spikes = { kind: 'spikes', parts, shape: input.shape, affine: null, names: [] };
  return input.flat ? flattened(name, spikes) : spikes;
}

/** The map of the neurons: before a max pool that was met on the way to the activation. */
const mapBefore = ({ shape, maxPool }: Current): MapShape => maxPool?.map ?? shape;

/** The spikes of a layer, as they are sent. */
const sentBy = (from: number, source: MapShape): SpikePart => ({
  from,
  source,
  maxPool: null,
  pool: windowOfPool(1),
  map: source,
  border: NO_BORDER,
  filled: 0,
  shares: null,
  rows: null,
});

/** The current that nothing fires on: the network's answer. */
function readoutOf({ name, classes, layers }: Architecture, output: LayerOutput): FoldedLayer {
  const last = layers.at(-1)?.name ?? name;
  if (output.kind === 'spikes') {
    throw new InputError(
      `${last}: the network must end in a weight layer without activation (the readout); add a linear layer`,
    );
  }
  if (output.parts.length > 1 || output.maxPool) {
    throw new InputError(
      `${last}: a ${output.maxPool ? `max pool (${output.maxPool.name})` : 'concatenation'} cannot be the readout; end in one weight layer`,
    );
  }
  if (mapSize(output.shape) !== classes) {
    throw new InputError(
      `${last}: expected ${classes} outputs, found ${output.shape.join('x')}; end in ${classes} classes, pooled to 1x1`,
    );
  }
  const weightless: readonly Layer['kind'][] = ['avgPool', 'maxPool', 'pad', 'concat'];
  const named = new Set(layers.filter(({ kind }) => !weightless.includes(kind)).map((layer) => layer.name));
  const label = output.names.findLast((folded) => named.has(folded)) ?? last;
  const { parts, shape, names } = output;
  return { name: label, activation: null, shape, ...parts[0]!, firstChannel: 0, foldedFrom: names };
}

function flatten(name: string, input: LayerOutput): LayerOutput {
  if (input.kind === 'current') return { ...input, flat: true, names: [...input.names, name] };
  const [height, width] = input.shape;
  return { ...flattened(name, input), names: height * width > 1 ? [...input.names, name] : input.names };
}

/** The map read as a vector: where the values of each part are in it. */
function flattened(name: string, spikes: Spikes): Spikes {
  const { shape, affine } = spikes;
  const [, width, channels] = shape;
  const size = mapSize(shape);
  let first = 0;
  const parts = spikes.parts.map((part) => {
    refuseFilled(name, part, 'flatten');
    const [top, , left] = part.border;
    const base = first + (top * width + left) * channels;
    first += part.map[2];
    return part.rows
      ? part
      : { ...part, border: NO_BORDER, rows: { base, row: width * channels, column: channels } };
  });
  return { ...spikes, parts, shape: [1, 1, size], affine: affine && repeatAffine(affine, size) };
}

function expectSpikes(name: string, input: LayerOutput): Spikes {
  if (input.kind === 'spikes') return input;
  throw new InputError(
    `${name}: expected an activation between ${input.names.at(-1) ?? 'the layer before'} and this layer, found none; add one or merge the two`,
  );
}

function refuseUnknown(layer: { readonly kind: string; readonly name: string }): never {
  throw new InputError(
    `${layer.name}: a layer of kind ${layer.kind} cannot be converted; use conv2d, linear, batchNorm, activation, avgPool, maxPool, pad, flatten, dropout, residual or concat`,
  );
}
