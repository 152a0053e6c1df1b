/**
 * @file Which tensors a layer owns: one table that the trainer, the files and the converter all read.
 */
import { startOf } from './activations/index.ts';
import type { CustomLayer, Layer } from './architecture.ts';
import { innerLayers } from './inner-layers.ts';

/** What a layer's tensors are to it, by the layer's kind; the other kinds own none. */
export interface Roles {
  readonly conv2d: 'weight' | 'bias';
  readonly linear: 'weight' | 'bias';
  readonly batchNorm: 'gamma' | 'beta' | 'mean' | 'variance';
  readonly activation: 'theta';
}

/** What it takes to name a tensor: a layer of a kind that owns some. */
export interface Owning<K extends keyof Roles> {
  readonly kind: K;
  readonly name: string;
}

/**
 * The name of a layer's tensor in models, files and checkpoints. A role that a layer of this kind never has does not compile.
 * @example
 * parameterName({ kind: 'activation', name: 'act1' }, 'theta'); // 'act1.theta'
 */
export function parameterName<K extends keyof Roles>(layer: Owning<K>, role: Roles[K]): string {
  return `${layer.name}.${role}`;
}

/** One tensor that a network owns. */
export interface ParameterSpec {
  /** LAYER.role, unique in a network. */
  readonly name: string;
  readonly role: Roles[keyof Roles];
  readonly shape: readonly number[];
  /** Values that one output sums over: for the weights' initial deviation. */
  readonly fanIn: number;
}

/** Running statistics are saved but not trained. */
export function isTrained(spec: ParameterSpec): boolean {
  return spec.role !== 'mean' && spec.role !== 'variance';
}

/** Every tensor of the layers, in order, those inside other layers included. */
export function parameterSpecs(layers: readonly Layer[]): ParameterSpec[] {
  return layers.flatMap((layer): ParameterSpec[] => {
    switch (layer.kind) {
      case 'conv2d': {
        const { kernel, outChannels } = layer;
        const inChannels = layer.inChannels / layer.groups;
        const shape = [...kernel, inChannels, outChannels];
        const weight = specOf(layer, 'weight', shape, kernel[0] * kernel[1] * inChannels);
        return layer.bias ? [weight, specOf(layer, 'bias', [outChannels])] : [weight];
      }
      case 'linear': {
        const weight = specOf(layer, 'weight', [layer.inputs, layer.outputs], layer.inputs);
        return layer.bias ? [weight, specOf(layer, 'bias', [layer.outputs])] : [weight];
      }
      case 'batchNorm':
        return BATCH_NORM_ROLES.map((role) => specOf(layer, role, [layer.channels]));
      case 'activation':
        return startOf(layer).hasTheta ? [specOf(layer, 'theta', [layer.thetas])] : [];
      case 'custom':
        return customSpecs(layer);
      case 'residual':
      case 'concat':
        return innerLayers(layer).flatMap(([, inner]) => parameterSpecs(inner));
      default:
        return [];
    }
  });
}

const BATCH_NORM_ROLES = ['gamma', 'beta', 'mean', 'variance'] as const;

/** What a caller's parameter is to the start and the optimizer, by its name: a weight, unless it is one of these. */
const PLAIN_ROLES: readonly string[] = ['bias', 'gamma', 'beta'] satisfies ParameterSpec['role'][];

function customSpecs({ name, own, input }: CustomLayer): ParameterSpec[] {
  return Object.entries(own.parameters?.(input) ?? {}).map(([key, shape]) => {
    const role = PLAIN_ROLES.includes(key) ? (key as ParameterSpec['role']) : 'weight';
    const fanIn = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    return { name: `${name}.${key}`, role, shape, fanIn };
  });
}

function specOf<K extends keyof Roles>(
  layer: Owning<K>,
  role: Roles[K],
  shape: readonly number[],
  fanIn = 1,
): ParameterSpec {
  return { name: parameterName(layer, role), role, shape, fanIn };
}
