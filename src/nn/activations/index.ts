import type { ActivationName } from '../architecture.ts';
import type { Activation } from './activation.ts';
import { qcfs } from './qcfs.ts';
import { relu } from './relu.ts';
import { strelu } from './strelu.ts';
import { tleakyRelu } from './tleaky-relu.ts';
import { trelu } from './trelu.ts';

/** Every activation by its name on the command line and in files. */
export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {
  strelu,
  trelu,
  'tleaky-relu': tleakyRelu,
  relu,
  qcfs,
};
