/**
 * @file A spiking network as plain data: what the converter makes, a file holds, and every engine runs.
 * A neuron of layer l receives I = sum_j w_j * theta_from * s_j + b at each step; weights are kept unscaled here,
 * and an engine multiplies theta_from in once, before the first step, so that a spike only adds.
 */
import type { MapShape } from '../nn/architecture.ts';
import type { NumberGrid } from './grid.ts';

/**
 * full: fires at +-theta. half: fires at +-theta/2. unipolar: fires at +theta only. tracer: the settling neuron, law L16.
 * reset-to-zero: unipolar with hard reset. leaky: fires at theta and -theta/a, law L19. memory: fires at +-theta, below
 * only to take back a spike. burst: unipolar, several spikes in a step. rest: half, whose silence means -theta: one spike for
 * 0 and two for +theta, law L21. All but tracer are in neuron.ts.
 */
export const NEURON_KINDS = [
  'full',
  'half',
  'unipolar',
  'tracer',
  'reset-to-zero',
  'leaky',
  'memory',
  'burst',
  'rest',
] as const;
export type NeuronKind = (typeof NEURON_KINDS)[number];

/** What carries spikes of one layer to another. */
export interface Synapses {
  readonly kind: 'conv2d' | 'linear' | 'identity';
  /** Index of the source layer; -1 is the image. */
  readonly from: number;
  /** The source map is averaged over pool x pool windows first (1: not at all). */
  readonly pool: number;
  /** conv2d: [kernel, kernel, inChannels, outChannels]; linear: [inputs, outputs]; identity: empty. */
  readonly weight: Float32Array<ArrayBufferLike>;
  /** conv2d only; 1, 1, 0 otherwise. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

export interface SpikingLayer {
  readonly name: string;
  readonly shape: MapShape;
  /** Threshold and spike height: [1] or [channels]. Empty for the readout, which does not spike. */
  readonly theta: Float32Array<ArrayBufferLike>;
  /** Constant current: [channels], or [height, width, channels] where it differs from place to place (rest coding). */
  readonly bias: Float32Array<ArrayBufferLike>;
  /** On the int8 grid only: what one unit of this layer's current is worth, [channels]. */
  readonly scale?: Float32Array<ArrayBufferLike>;
  readonly inputs: readonly Synapses[];
}

/** The last layer is the readout: its answer is the mean current. */
export interface SpikingNetwork {
  readonly name: string;
  readonly input: MapShape;
  readonly classes: number;
  readonly neuron: NeuronKind;
  /** a, the slope below 0 that `leaky` neurons stand for, in (0, 1]; absent for all others. */
  readonly leak?: number;
  /** v0 as a fraction of theta. */
  readonly initialPotential: number;
  readonly layers: readonly SpikingLayer[];
  /** Absent: the numbers of training. */
  readonly grid?: NumberGrid;
  /** How the network came about. It only tells: nothing that is computed depends on it. */
  readonly provenance: Readonly<Record<string, string | number | boolean>>;
}
