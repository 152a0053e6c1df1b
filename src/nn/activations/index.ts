import { InputError } from '../../errors.ts';
import type { ActivationLayer, ActivationName } from '../architecture.ts';
import type { Activation } from './activation.ts';
import { qcfs } from './qcfs.ts';
import { relu } from './relu.ts';
import { strelu } from './strelu.ts';
import { tleakyRelu } from './tleaky-relu.ts';
import { trelu } from './trelu.ts';

/**
 * Every activation by its name on the command line and in files.
 * @example
 * Object.keys(ACTIVATIONS); // ['strelu', 'trelu', 'tleaky-relu', 'relu', 'qcfs']
 */
export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {
  strelu,
  trelu,
  'tleaky-relu': tleakyRelu,
  relu,
  qcfs,
};

/**
 * The page of a layer's activation.
 * @throws InputError when strelu has none of that name, as for one of the caller's own
 * @example
 * builtIn({ name: 'act1', activation: 'relu' }).hasTheta; // false
 */
export function builtIn({ name, activation }: Pick<ActivationLayer, 'name' | 'activation'>): Activation {
  if (Object.hasOwn(ACTIVATIONS, activation)) return ACTIVATIONS[activation as ActivationName];
  throw new InputError(
    `${name}: expected one of the activations ${Object.keys(ACTIVATIONS).join(', ')}, found ${activation}; use one of these for what needs a clip`,
  );
}

/** How a layer of this activation begins, whoever wrote it. */
export function startOf(
  layer: Pick<ActivationLayer, 'name' | 'activation' | 'own'>,
): Pick<Activation, 'hasTheta' | 'thetaStart' | 'gain'> {
  const { own } = layer;
  return own ? { hasTheta: true, thetaStart: own.thetaStart ?? 1, gain: own.gain ?? 1 } : builtIn(layer);
}
