/** @file One thing to time. */
export interface Case {
  readonly name: string;
  readonly run: () => void;
  /** Floating-point operations of one run by the plain definition: a product and a sum for every pair. */
  readonly flops: number;
}
