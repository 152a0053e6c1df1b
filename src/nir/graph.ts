/**
 * @file A graph of the Neuromorphic Intermediate Representation (NIR) as plain data. Types and fields have the names that they
 * have in NIR's files, maps are channels first there, and whatever leads into a node is summed.
 */

/** Numbers and their shape, row by row. */
export interface NirArray {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBufferLike>;
}

/** What a node may say about itself besides; nothing that is computed depends on it. */
export interface NirDescribed {
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Where values come into a graph. */
export interface NirInput extends NirDescribed {
  readonly type: 'Input';
  readonly shape: readonly number[];
}

/** Where values leave a graph. */
export interface NirOutput extends NirDescribed {
  readonly type: 'Output';
  readonly shape: readonly number[];
}

/** An integrator without leak: v += r * I in every step; v leaves it. */
export interface NirIntegrator extends NirDescribed {
  readonly type: 'I';
  readonly r: NirArray;
}

/** Integrate and fire: v += r * I, then 1 and v = v_reset where v > v_threshold, else 0. */
export interface NirIntegrateAndFire extends NirDescribed {
  readonly type: 'IF';
  readonly r: NirArray;
  readonly v_threshold: NirArray;
  /** Absent in files of early versions: 0. */
  readonly v_reset?: NirArray;
}

/** 1 where the value is above the threshold, else 0. */
export interface NirThreshold extends NirDescribed {
  readonly type: 'Threshold';
  readonly threshold: NirArray;
}

/** Value by value times a number. */
export interface NirScale extends NirDescribed {
  readonly type: 'Scale';
  readonly scale: NirArray;
}

/** A matrix, [outputs, inputs]. */
export interface NirLinear extends NirDescribed {
  readonly type: 'Linear';
  readonly weight: NirArray;
}

/** A matrix, [outputs, inputs], and a bias. */
export interface NirAffine extends NirDescribed {
  readonly type: 'Affine';
  readonly weight: NirArray;
  readonly bias: NirArray;
}

/** A convolution: weight [outChannels, inChannels / groups, kernelHeight, kernelWidth]; pairs are [vertical, horizontal]. */
export interface NirConv2d extends NirDescribed {
  readonly type: 'Conv2d';
  readonly input_shape: readonly number[];
  readonly weight: NirArray;
  readonly stride: readonly number[];
  readonly padding: readonly number[] | 'same' | 'valid';
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly bias: NirArray;
}

/** Sums, or means, over windows; pairs are [vertical, horizontal]. */
export interface NirPool2d extends NirDescribed {
  readonly type: 'SumPool2d' | 'AvgPool2d';
  readonly kernel_size: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
}

/** Dimensions start_dim to end_dim become one; -1 is the last. */
export interface NirFlatten extends NirDescribed {
  readonly type: 'Flatten';
  readonly input_type?: readonly number[];
  readonly start_dim: number;
  readonly end_dim: number;
}

/** Nodes by name, and from which to which values go. */
export interface NirGraph extends NirDescribed {
  readonly type: 'NIRGraph';
  readonly nodes: ReadonlyMap<string, NirNode>;
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/** Every node that strelu reads and writes. */
export type NirNode =
  | NirInput
  | NirOutput
  | NirIntegrator
  | NirIntegrateAndFire
  | NirThreshold
  | NirScale
  | NirLinear
  | NirAffine
  | NirConv2d
  | NirPool2d
  | NirFlatten
  | NirGraph;

/** An array of one value everywhere. */
export function filled(shape: readonly number[], value: number): NirArray {
  return { shape, data: new Float32Array(sizeOf(shape)).fill(value) };
}

/** How many numbers a shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
