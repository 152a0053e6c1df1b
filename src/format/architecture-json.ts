/**
 * @file Reads a network's architecture from parsed JSON, and checks every field before anything is built from it.
 */
import { InputError } from '../errors.ts';
import { ACTIVATIONS } from '../nn/activations/index.ts';
import type { OwnActivation } from '../nn/activations/own-activation.ts';
import type { ActivationLayer, Architecture, CustomLayer, Layer, MaxPoolLayer } from '../nn/architecture.ts';
import { MOST_PADDED } from '../nn/defaults.ts';
import type { OwnLayer } from '../nn/own-layer.ts';
import { checkShapes } from '../nn/shapes.ts';
import { type Fields, readFields } from './fields.ts';

/** What a file has only the names of. */
export interface OwnParts {
  /** Activations of the caller's own; they are looked up before strelu's. */
  readonly activations?: readonly OwnActivation[];
  /** Layers of the caller's own. */
  readonly layers?: readonly OwnLayer[];
}

const ACTIVATION_NAMES = Object.keys(ACTIVATIONS);
/** What a file may say of a layer besides kind and name. */
const FIELDS: Readonly<Record<Layer['kind'], readonly string[]>> = {
  conv2d: ['inChannels', 'outChannels', 'kernel', 'stride', 'padding', 'dilation', 'groups', 'bias'],
  linear: ['inputs', 'outputs', 'bias'],
  batchNorm: ['channels', 'epsilon', 'momentum'],
  activation: ['activation', 'thetas', 'leak', 'levels', 'rounding'],
  avgPool: ['size', 'stride', 'padding', 'countPadding'],
  maxPool: ['size', 'stride', 'padding'],
  pad: ['padding', 'value'],
  flatten: [],
  dropout: ['rate'],
  residual: ['body', 'shortcut'],
  concat: ['branches'],
  custom: ['layer', 'input'],
};
const KINDS = Object.keys(FIELDS) as Layer['kind'][];

/**
 * The architecture that a JSON value describes.
 * @param source the file's name, for errors
 * @param own activations and layers of the caller's own
 * @throws InputError naming the layer and the field that is wrong
 */
export function parseArchitecture(value: unknown, source: string, own: OwnParts = {}): Architecture {
  const names = new Set<string>();
  const architecture = readFields(value, `${source}: architecture`, (fields): Architecture => {
    fields.only(['name', 'input', 'classes', 'layers']);
    return {
      name: fields.text('name'),
      input: fields.shape('input'),
      classes: fields.count('classes'),
      layers: fields.list('layers').map((layer) => parseLayer(layer, names, own)),
    };
  });
  checkShapes(architecture, source);
  return architecture;
}

function parseLayer(fields: Fields, names: Set<string>, own: OwnParts): Layer {
  const kind = fields.choice('kind', KINDS);
  const name = fields.text('name');
  if (names.has(name)) throw new InputError(`${fields.place}: two layers are called ${name}`);
  names.add(name);
  fields.only(['kind', 'name', ...FIELDS[kind]]);
  switch (kind) {
    case 'conv2d':
      return {
        kind,
        name,
        inChannels: fields.count('inChannels'),
        outChannels: fields.count('outChannels'),
        kernel: fields.pair('kernel'),
        stride: fields.pair('stride'),
        padding: fields.border('padding'),
        dilation: fields.has('dilation') ? fields.pair('dilation') : [1, 1],
        groups: fields.has('groups') ? fields.count('groups') : 1,
        bias: fields.flag('bias'),
      };
    case 'linear':
      return {
        kind,
        name,
        inputs: fields.count('inputs'),
        outputs: fields.count('outputs'),
        bias: fields.flag('bias'),
      };
    case 'batchNorm':
      return {
        kind,
        name,
        channels: fields.count('channels'),
        epsilon: fields.number('epsilon', 0),
        momentum: fields.number('momentum', 0, 1),
      };
    case 'activation':
      return {
        kind,
        name,
        ...readActivation(fields, own.activations),
        thetas: fields.count('thetas'),
        leak: fields.number('leak'),
        levels: fields.count('levels', 0),
        rounding: fields.choice('rounding', ['truncate', 'round']),
      };
    case 'avgPool':
      return {
        kind,
        name,
        ...readPool(fields),
        countPadding: fields.has('countPadding') ? fields.flag('countPadding') : true,
      };
    case 'maxPool':
      return { kind, name, ...readPool(fields) };
    case 'pad':
      return {
        kind,
        name,
        padding: fields.border('padding'),
        value: fields.has('value') ? fields.number('value', -MOST_PADDED, MOST_PADDED) : 0,
      };
    case 'flatten':
      return { kind, name };
    case 'dropout':
      return { kind, name, rate: fields.number('rate', 0, 1) };
    case 'custom':
      return readCustom(fields, name, own.layers);
    case 'residual':
      return {
        kind,
        name,
        body: fields.list('body').map((layer) => parseLayer(layer, names, own)),
        shortcut: fields.list('shortcut').map((layer) => parseLayer(layer, names, own)),
      };
    case 'concat':
      return {
        kind,
        name,
        branches: fields
          .lists('branches')
          .map((branch) => branch.map((layer) => parseLayer(layer, names, own))),
      };
  }
}

/** A file says a pool's stride and padding only where they are not the window and nothing. */
function readPool(fields: Fields): Pick<MaxPoolLayer, 'window' | 'stride' | 'padding'> {
  const window = fields.pair('size');
  return {
    window,
    stride: fields.has('stride') ? fields.pair('stride') : window,
    padding: fields.has('padding') ? fields.border('padding') : [0, 0, 0, 0],
  };
}

/** Files have an activation's name; one of the caller's own is among those that were handed in. */
function readActivation(
  fields: Fields,
  own: readonly OwnActivation[] = [],
): Pick<ActivationLayer, 'activation' | 'own'> {
  const name = fields.text('activation');
  const mine = own.find((one) => one.name === name);
  if (mine) return { activation: name, own: mine };
  if (ACTIVATION_NAMES.includes(name)) return { activation: name };
  throw new InputError(
    `${fields.place}: activation should be one of ${[...own.map((one) => one.name), ...ACTIVATION_NAMES].join(', ')}, found "${name}"; pass the activation that the network was trained with`,
  );
}

function readCustom(fields: Fields, name: string, layers: readonly OwnLayer[] = []): CustomLayer {
  const layer = fields.text('layer');
  const own = layers.find((one) => one.name === layer);
  if (own) return { kind: 'custom', name, layer, input: fields.shape('input'), own };
  throw new InputError(
    `${fields.place}: layer should be one of the caller's own (${layers.map((one) => one.name).join(', ') || 'none given'}), found "${layer}"; pass the layer that the network was trained with`,
  );
}
