/**
 * @file A layer of the caller's own: a function of tensors with parameters. As with an activation of one's own (own-activation.ts), the
 * layer carries it, a file keeps its name, and it is handed in when the file is read.
 */
import type { Tensor } from '../tensor/interfaces.ts';
import type { Shape } from '../tensor/shape.ts';
import type { MapShape } from './map-shape.ts';
import type { Frame, Square } from './map-window.ts';

/**
 * The known layer that computes what an own one does: fully connected over the flat input, or a convolution. Outputs are those of
 * the own layer's shape.
 */
export type LinearEquivalent = {
  /** linear: [inputs, outputs]; conv2d: [kernelHeight, kernelWidth, inChannels / groups, outChannels]. */
  readonly weight: ArrayLike<number>;
  /** [outputs]. Default: none. */
  readonly bias?: ArrayLike<number>;
} & (
  | { readonly kind: 'linear' }
  | {
      readonly kind: 'conv2d';
      readonly kernel: Square;
      readonly stride: Square;
      readonly padding: Frame;
      /** Default 1. */
      readonly dilation?: Square;
      /** Default 1. */
      readonly groups?: number;
    }
);

/**
 * What `custom` (layers.ts) makes a layer of.
 * @example
 * const scaled = {
 *   name: 'scaled-linear',
 *   shape: () => [1, 1, 10],
 *   parameters: (input) => ({ weight: [mapSize(input), 10], gamma: [10] }),
 *   forward: (x, { weight, gamma }) => x.matmul(weight.mul(gamma)),
 *   linear: ({ weight, gamma }) => ({
 *     kind: 'linear',
 *     weight: weight.map((w, i) => w * gamma[i % 10]),
 *   }),
 * };
 * sequential(flatten(), custom(scaled))([8, 8, 1]).classes; // 10
 */
export interface OwnLayer {
  /** The word for layers of this kind in files and messages. */
  readonly name: string;
  /** The map that it leaves of an input. Default: one of the same shape. */
  shape?(input: MapShape): MapShape;
  /**
   * The shapes of its parameters by name; default: none. `gamma` begins at 1, `bias` and `beta` at 0; any other is a weight
   * [..., in, out], random at the start.
   */
  parameters?(input: MapShape): Readonly<Record<string, Shape>>;
  /** y [batch, ...shape] by tensor methods: they give the gradient. After a flatten, x is [batch, inputs]. */
  forward(x: Tensor, parameters: Readonly<Record<string, Tensor>>): Tensor;
  /** How it converts, if it is linear: the known layer that computes the same. Absent: `convert` refuses it. */
  linear?(
    parameters: Readonly<Record<string, Float32Array<ArrayBufferLike>>>,
    input: MapShape,
  ): LinearEquivalent;
}
