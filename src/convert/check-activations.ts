/** @file Whether a method can convert a network's activations. */
import { InputError } from '../errors.ts';
import { activationLayers } from '../nn/activation-layers.ts';
import { ACTIVATIONS } from '../nn/activations/index.ts';
import type { Architecture } from '../nn/architecture.ts';
import type { ConversionMethod } from './conversion-method.ts';
import { CONVERSION_METHODS } from './methods/index.ts';

/** @throws InputError when the method has no thresholds for one of the activations; it names the methods that have */
export function checkActivations({ layers }: Architecture, method: ConversionMethod): void {
  const foreign = activationLayers(layers).find(({ activation }) => !method.activations.includes(activation));
  if (!foreign) return;
  const { name, activation, own } = foreign;
  const fitting = CONVERSION_METHODS.filter((candidate) => candidate.activations.includes(activation));
  const remedy =
    fitting.length > 0
      ? `use method ${fitting.map((candidate) => candidate.name).join(' or ')}`
      : own
        ? 'name no method and give the activation a neuron, or hand a method of your own to convert'
        : `train with one of ${Object.keys(ACTIVATIONS).join(', ')} instead`;
  throw new InputError(
    `${name}: method ${method.name} converts ${method.activations.join(', ')}, found ${activation}; ${remedy}`,
    { code: 'method-unfit' },
  );
}
