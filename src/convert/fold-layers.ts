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
  mapSize,
  type TrainedNetwork,
} from '../nn/architecture.ts';
import { currentThrough } from './current-through.ts';
import { foldBatchNorm, repeatAffine } from './fold-batch-norm.ts';
import { foldPool } from './fold-pool.ts';
import { foldResidual } from './fold-residual.ts';
import type { Current, LayerOutput, Spikes } from './layer-output.ts';

/** A spiking layer before it gets its thresholds. */
export interface FoldedLayer {
  /** The activation's name; the readout has that of its last weight layer. */
  readonly name: string;
  /** The activation that its neurons are to stand for; null for the readout, which does not spike. */
  readonly activation: ActivationLayer | null;
  readonly current: Current;
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
  const image: Spikes = { kind: 'spikes', from: -1, pool: 1, shape: input, affine: null, names: [] };
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
    case 'flatten':
      return flatten(layer.name, input);
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
  const from = layers.push({ name, activation, current: input, foldedFrom: [...input.names, name] }) - 1;
  const shape = input.flat ? ([1, 1, mapSize(input.shape)] as const) : input.shape;
  return { kind: 'spikes', from, pool: 1, shape, affine: null, names: [] };
}

/** The current that nothing fires on: the network's answer. */
function readoutOf({ name, classes, layers }: Architecture, output: LayerOutput): FoldedLayer {
  const last = layers.at(-1)?.name ?? name;
  if (output.kind === 'spikes') {
    throw new InputError(
      `${last}: the network must end in a weight layer without activation (the readout); add a linear layer`,
    );
  }
  if (mapSize(output.shape) !== classes) {
    throw new InputError(
      `${last}: expected ${classes} outputs, found ${output.shape.join('x')}; end in ${classes} classes, pooled to 1x1`,
    );
  }
  const named = new Set(layers.filter(({ kind }) => kind !== 'avgPool').map((layer) => layer.name));
  const label = output.names.findLast((folded) => named.has(folded)) ?? last;
  return { name: label, activation: null, current: output, foldedFrom: output.names };
}

function flatten(name: string, input: LayerOutput): LayerOutput {
  if (input.kind === 'current') return { ...input, flat: true, names: [...input.names, name] };
  const [height, width] = input.shape;
  const size = mapSize(input.shape);
  return {
    ...input,
    shape: [1, 1, size],
    affine: input.affine && repeatAffine(input.affine, size),
    names: height * width > 1 ? [...input.names, name] : input.names,
  };
}

function expectSpikes(name: string, input: LayerOutput): Spikes {
  if (input.kind === 'spikes') return input;
  throw new InputError(
    `${name}: expected an activation between ${input.names.at(-1) ?? 'the layer before'} and this layer, found none; add one or merge the two`,
  );
}

function refuseUnknown(layer: { readonly kind: string; readonly name: string }): never {
  const remedy = /max_?pool/i.test(layer.kind)
    ? 'the maximum of rates is not the rate of a maximum: train with avgPool instead'
    : 'use conv2d, linear, batchNorm, activation, avgPool, flatten, dropout or residual';
  throw new InputError(`${layer.name}: a layer of kind ${layer.kind} cannot be converted; ${remedy}`);
}
