/**
 * @file A spiking network as plain data: what the converter makes, a file holds, and every engine runs.
 * A neuron of layer l receives I = sum_j w_j * theta_from * s_j + b at each step; weights are kept unscaled here,
 * and an engine multiplies theta_from in once, before the first step, so that a spike only adds.
 */
import type { MapShape } from '../nn/architecture.ts';
import type { LearnedData } from '../nn/learned-data.ts';
import type { Frame, Square } from '../nn/map-window.ts';
import type { NumberGrid } from './grid.ts';
import type { Neuron } from './neurons/neuron.ts';

/** Windows that move over a map. */
export interface PoolWindow {
  readonly window: Square;
  readonly stride: Square;
  /** Places around the map; below 0, so many rows and columns of the map are left out on this side. */
  readonly padding: Frame;
}

/** The connections that carry the spikes of one layer, or the image, to another layer. One number stands for both directions. */
export interface Synapses {
  readonly kind: 'conv2d' | 'linear' | 'identity';
  /** Index of the source layer; -1 is the image. */
  readonly from: number;
  /**
   * First each window of the source map hands on the increase of the largest of its neurons' signed counts (law L22); of the
   * image, its largest value. Absent: not at all.
   */
  readonly maxPool?: PoolWindow;
  /** Then the map is averaged, a number n: over n x n windows that lie side by side (1: not at all). The border counts as zeros. */
  readonly pool: number | PoolWindow;
  /** conv2d: [kernelHeight, kernelWidth, inChannels / groups, outChannels]; linear: [inputs, outputs]; identity: empty. */
  readonly weight: Float32Array<ArrayBufferLike>;
  /** conv2d only; 1, 1, 0 otherwise. */
  readonly kernel: Square;
  readonly stride: Square;
  readonly padding: Frame;
  /** conv2d only: places between neighbouring taps. Default: 1. */
  readonly dilation?: Square;
  /** conv2d only: convolutions side by side that the channels are dealt out to. Default: 1. */
  readonly groups?: number;
}

/** Neurons of one kind on a map, and all synapses that lead to them. */
export interface SpikingLayer {
  /** That of the activation whose neurons these are. */
  readonly name: string;
  /** [height, width, channels] of its map; one neuron each. */
  readonly shape: MapShape;
  /** Threshold and spike height: [1] or [channels]. Empty for the readout, which does not spike. */
  readonly theta: Float32Array<ArrayBufferLike>;
  /** Constant current: [channels], or [height, width, channels] where it differs from position to position (rest coding). */
  readonly bias: Float32Array<ArrayBufferLike>;
  /** On the int8 grid only: what one unit of this layer's current is worth, [channels]. */
  readonly scale?: Float32Array<ArrayBufferLike>;
  /** Their currents add up. */
  readonly inputs: readonly Synapses[];
}

/** A network of spiking neurons. Its last layer is the readout, which does not spike: its answer is the mean current. */
export interface SpikingNetwork {
  readonly name: string;
  /** [height, width, channels] of an image. */
  readonly input: MapShape;
  readonly classes: number;
  /** The kind of all its neurons. */
  readonly neuron: Neuron;
  /** v0 as a fraction of theta. */
  readonly initialPotential: number;
  /** In the order in which they run, the readout last. */
  readonly layers: readonly SpikingLayer[];
  /** Absent: the numbers of training. */
  readonly grid?: NumberGrid;
  /** How its images are normalised, and what its classes are called; from the trained network. */
  readonly learned?: LearnedData;
  /** How the network came about. It only tells: nothing that is computed depends on it. */
  readonly provenance: Readonly<Record<string, string | number | boolean>>;
}
