/**
 * @file Which tensors a layer owns: one table that the trainer, the files and the converter all read.
 */
import { ACTIVATIONS } from './activations/index.ts';
import type { Layer } from './architecture.ts';

export interface ParameterSpec {
  /** LAYER.role, unique in a network. */
  readonly name: string;
  readonly role: 'weight' | 'bias' | 'gamma' | 'beta' | 'theta' | 'mean' | 'variance';
  readonly shape: readonly number[];
  /** Values that one output sums over: for the weights' initial deviation. */
  readonly fanIn: number;
}

/** Running statistics are saved but not trained. */
export function isTrained(spec: ParameterSpec): boolean {
  return spec.role !== 'mean' && spec.role !== 'variance';
}

/** Every tensor of the layers, in order, those inside residual blocks included. */
export function parameterSpecs(layers: readonly Layer[]): ParameterSpec[] {
  return layers.flatMap((layer): ParameterSpec[] => {
    const spec = (role: ParameterSpec['role'], shape: readonly number[], fanIn = 1): ParameterSpec => ({
      name: `${layer.name}.${role}`,
      role,
      shape,
      fanIn,
    });
    switch (layer.kind) {
      case 'conv2d': {
        const { kernel, inChannels, outChannels } = layer;
        const weight = spec(
          'weight',
          [kernel, kernel, inChannels, outChannels],
          kernel * kernel * inChannels,
        );
        return layer.bias ? [weight, spec('bias', [outChannels])] : [weight];
      }
      case 'linear': {
        const weight = spec('weight', [layer.inputs, layer.outputs], layer.inputs);
        return layer.bias ? [weight, spec('bias', [layer.outputs])] : [weight];
      }
      case 'batchNorm':
        return (['gamma', 'beta', 'mean', 'variance'] as const).map((role) => spec(role, [layer.channels]));
      case 'activation':
        return ACTIVATIONS[layer.activation].hasTheta ? [spec('theta', [layer.thetas])] : [];
      case 'residual':
        return [...parameterSpecs(layer.body), ...parameterSpecs(layer.shortcut)];
      default:
        return [];
    }
  });
}
