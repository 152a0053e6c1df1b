import type { Kernels } from '../kernels.ts';
import { softmaxCrossEntropy } from './reference.ts';

/** Logits are few (batch x classes): the plain loop is a ten-thousandth of a training step. */
export function createSoftmax(): Pick<Kernels, 'softmaxCrossEntropy'> {
  return { softmaxCrossEntropy };
}
