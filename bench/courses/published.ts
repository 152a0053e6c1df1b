/** @file What others reach, in operations of the training: means of many runs, with six views of each test image averaged. */

export interface Published {
  readonly name: string;
  /** Percent of CIFAR-10's test images. */
  readonly accuracy: number;
  /** Floating-point operations. */
  readonly operations: number;
}

export const SOURCE = 'K. Jordan, github.com/KellerJordan/cifar10-airbench, 2024 to 2025';

export const PUBLISHED: readonly Published[] = [
  { name: 'airbench94 (Muon)', accuracy: 94.01, operations: 2.9e14 },
  { name: 'airbench95', accuracy: 95.01, operations: 1.4e15 },
  { name: 'airbench96', accuracy: 96, operations: 3.1e15 },
];
