/**
 * @file Which fields the nodes of a file have, and what each holds: one table for writing and reading.
 */
import type { NirNode } from '../graph.ts';

/**
 * floats: an array of numbers. sizes: whole numbers, one for each dimension. pair: two whole numbers; one stands for both.
 * padding: a pair, 'same' or 'valid'. whole: one whole number.
 */
export type FieldKind = 'floats' | 'sizes' | 'pair' | 'padding' | 'whole';

export interface Field {
  readonly kind: FieldKind;
  /** True: early versions of the format leave it out. */
  readonly optional?: true;
}

const floats: Field = { kind: 'floats' };
const sizes: Field = { kind: 'sizes' };
const pair: Field = { kind: 'pair' };
const whole: Field = { kind: 'whole' };
const pool = { kernel_size: pair, stride: pair, padding: pair };

/** The graph itself is not in the table: its nodes and edges are no numbers. */
export const NODE_FIELDS: Readonly<
  Record<Exclude<NirNode['type'], 'NIRGraph'>, Readonly<Record<string, Field>>>
> = {
  Input: { shape: sizes },
  Output: { shape: sizes },
  I: { r: floats },
  IF: { r: floats, v_threshold: floats, v_reset: { kind: 'floats', optional: true } },
  Threshold: { threshold: floats },
  Scale: { scale: floats },
  Linear: { weight: floats },
  Affine: { weight: floats, bias: floats },
  Conv2d: {
    input_shape: sizes,
    weight: floats,
    stride: pair,
    padding: { kind: 'padding' },
    dilation: pair,
    groups: whole,
    bias: floats,
  },
  SumPool2d: pool,
  AvgPool2d: pool,
  Flatten: { input_type: { kind: 'sizes', optional: true }, start_dim: whole, end_dim: whole },
};
