import type { Floats, Labels } from '../kernels/kernels.ts';
import type { Random } from '../random/random.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** The images of one step and what they are to teach. */
export interface MiniBatch {
  /** [batch, height, width, channels], on the tape of this step */
  readonly x: Tensor;
  /** [batch] */
  readonly labels: Labels;
  /** The teacher's softened answers [batch, classes]; null without a teacher. */
  readonly targets: Floats | null;
  /** The generator of dropout. */
  readonly random: Random;
  /** True in the epochs before the activations' grid comes in. */
  readonly continuous: boolean;
}
