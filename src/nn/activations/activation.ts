import type { Clip } from '../../kernels/kernels.ts';
import type { ActivationLayer, ActivationName } from '../architecture.ts';

/** One member of the family of clipped activations. */
export interface Activation {
  readonly name: ActivationName;
  /** The definition, for help texts and reports. */
  readonly definition: string;
  /** False: no threshold (ReLU). */
  readonly hasTheta: boolean;
  /** theta before training. */
  readonly thetaStart: number;
  /** Gain of the weights' initial deviation: sqrt(2) where half of the inputs are cut off, 1 otherwise. */
  readonly gain: number;
  /** The kernel's parameters for a layer of this activation. */
  clip(layer: Pick<ActivationLayer, 'leak' | 'levels' | 'rounding'>): Clip;
}
