import type { AdamOptions, Floats, SgdOptions } from '../kernels.ts';

/**
 * d = dp + weightDecay * p; velocity = momentum * velocity + d;
 * p -= learningRate * (nesterov ? d + momentum * velocity : velocity).
 */
export function sgd(p: Floats, dp: Floats, velocity: Floats, options: SgdOptions): void {
  const { learningRate, momentum, weightDecay, nesterov } = options;
  for (let i = 0; i < p.length; i++) {
    const d = dp[i]! + weightDecay * p[i]!;
    const v = momentum * velocity[i]! + d;
    velocity[i] = v;
    p[i]! -= learningRate * (nesterov ? d + momentum * v : v);
  }
}

/** AdamW (Loshchilov and Hutter, 2019): Adam with weight decay that does not go through the gradient. */
export function adam(p: Floats, dp: Floats, first: Floats, second: Floats, options: AdamOptions): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay, step: steps } = options;
  const correction1 = 1 - beta1 ** steps;
  const correction2 = 1 - beta2 ** steps;
  for (let i = 0; i < p.length; i++) {
    const m = beta1 * first[i]! + (1 - beta1) * dp[i]!;
    const v = beta2 * second[i]! + (1 - beta2) * dp[i]! ** 2;
    first[i] = m;
    second[i] = v;
    const step = m / correction1 / (Math.sqrt(v / correction2) + epsilon);
    p[i]! -= learningRate * (step + weightDecay * p[i]!);
  }
}
