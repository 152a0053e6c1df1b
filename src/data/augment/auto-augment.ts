/**
 * @file AutoAugment (Cubuk, Zoph, Mane, Vasudevan, Le, CVPR 2019): one sub-policy is drawn at random for each image, and
 * each of its operations is applied with a probability of its own and a random sign.
 */
import type { Augment } from '../augment.ts';
import { CIFAR10_POLICY, type PolicyStep } from './cifar10-policy.ts';
import type { Fill } from './geometry.ts';
import { OPERATIONS } from './operations.ts';

/** @param fill one byte per channel for pixels from outside */
export function autoAugment(
  fill: Fill,
  policy: readonly (readonly PolicyStep[])[] = CIFAR10_POLICY,
): Augment {
  return (image, shape, random) => {
    for (const { operation, probability, level } of policy[random.integer(policy.length)]!) {
      const chosen = random.uniform() < probability;
      const sign = random.integer(2) === 0 ? 1 : -1;
      if (chosen) OPERATIONS[operation](image, shape, level, sign, fill);
    }
  };
}
