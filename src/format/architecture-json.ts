/**
 * @file Reads a network's architecture from parsed JSON, and checks every field before anything is built from it.
 */
import { InputError } from '../errors.ts';
import { ACTIVATIONS } from '../nn/activations/index.ts';
import type { OwnActivation } from '../nn/activations/own-activation.ts';
import type { ActivationLayer, Architecture, CustomLayer, Layer } from '../nn/architecture.ts';
import type { OwnLayer } from '../nn/own-layer.ts';
import { checkShapes } from '../nn/shapes.ts';
import { type Fields, fieldsOf } from './fields.ts';

/** What a file has only the names of. */
export interface OwnParts {
  /** Activations of the caller's own; they are looked up before strelu's. */
  readonly activations?: readonly OwnActivation[];
  /** Layers of the caller's own. */
  readonly layers?: readonly OwnLayer[];
}

const ACTIVATION_NAMES = Object.keys(ACTIVATIONS);
const KINDS: readonly Layer['kind'][] = [
  'conv2d',
  'linear',
  'batchNorm',
  'activation',
  'avgPool',
  'flatten',
  'dropout',
  'residual',
  'custom',
];

/**
 * The architecture that a JSON value describes.
 * @param source the file's name, for errors
 * @param own activations and layers of the caller's own
 * @throws InputError naming the layer and the field that is wrong
 */
export function parseArchitecture(value: unknown, source: string, own: OwnParts = {}): Architecture {
  const fields = fieldsOf(value, `${source}: architecture`);
  const names = new Set<string>();
  const architecture: Architecture = {
    name: fields.text('name'),
    input: fields.shape('input'),
    classes: fields.count('classes'),
    layers: fields.list('layers').map((layer) => parseLayer(layer, names, own)),
  };
  checkShapes(architecture, source);
  return architecture;
}

function parseLayer(fields: Fields, names: Set<string>, own: OwnParts): Layer {
  const kind = fields.choice('kind', KINDS);
  const name = fields.text('name');
  if (names.has(name)) throw new InputError(`${fields.place}: two layers are called ${name}`);
  names.add(name);
  switch (kind) {
    case 'conv2d':
      return {
        kind,
        name,
        inChannels: fields.count('inChannels'),
        outChannels: fields.count('outChannels'),
        kernel: fields.count('kernel'),
        stride: fields.count('stride'),
        padding: fields.count('padding', 0),
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
      return { kind, name, size: fields.count('size') };
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
  }
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
