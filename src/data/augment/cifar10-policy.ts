/**
 * @file The 25 sub-policies that AutoAugment found for CIFAR-10 (Cubuk, Zoph, Mane, Vasudevan, Le, CVPR 2019, appendix).
 */
import type { OperationName } from './operations.ts';

export interface PolicyStep {
  readonly operation: OperationName;
  /** Probability that the operation is applied. */
  readonly probability: number;
  /** 0..9. */
  readonly level: number;
}

/** Two steps on each line: operation, probability, level (- where the operation has none). */
const TABLE = `
invert       0.1 -   contrast     0.2 6
rotate       0.7 2   translateX   0.3 9
sharpness    0.8 1   sharpness    0.9 3
shearY       0.5 8   translateY   0.7 9
autoContrast 0.5 -   equalize     0.9 -
shearY       0.2 7   posterize    0.3 7
colour       0.4 3   brightness   0.6 7
sharpness    0.3 9   brightness   0.7 9
equalize     0.6 -   equalize     0.5 -
contrast     0.6 7   sharpness    0.6 5
colour       0.7 7   translateX   0.5 8
equalize     0.3 -   autoContrast 0.4 -
translateY   0.4 3   sharpness    0.2 6
brightness   0.9 6   colour       0.2 8
solarize     0.5 2   invert       0.0 -
equalize     0.2 -   autoContrast 0.6 -
equalize     0.2 -   equalize     0.6 -
colour       0.9 9   equalize     0.6 -
autoContrast 0.8 -   solarize     0.2 8
brightness   0.1 3   colour       0.7 0
solarize     0.4 5   autoContrast 0.9 -
translateY   0.9 9   translateY   0.7 9
autoContrast 0.9 -   solarize     0.8 3
equalize     0.8 -   invert       0.1 -
translateY   0.7 9   autoContrast 0.9 -
`;

function readSteps(line: string): PolicyStep[] {
  const words = line.split(/\s+/);
  return [0, 3].map((at) => ({
    operation: words[at] as OperationName,
    probability: Number(words[at + 1]),
    level: words[at + 2] === '-' ? 0 : Number(words[at + 2]),
  }));
}

export const CIFAR10_POLICY: readonly (readonly PolicyStep[])[] = TABLE.trim().split('\n').map(readSteps);
