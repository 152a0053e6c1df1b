/**
 * @file An activation of the caller's own: a function of tensors with one threshold theta. The layer carries it, no list has it, so
 * that two networks never share one by accident; a file keeps its name, and it is handed in when the file is read.
 */
import type { Tensor } from '../../tensor/interfaces.ts';

/**
 * What `activation` (layers.ts) makes a layer of.
 * @example
 * const softClip = {
 *   name: 'soft-clip',
 *   forward: (x, theta) => x.div(theta).tanh().mul(theta),
 *   neuron: 'half',
 * };
 * const net = sequential(conv2d(4, 3), activation(softClip), flatten(), linear(10))([28, 28, 1]);
 * const soft = createModel(heap, net, Random.seeded(1));
 * convert(exportNetwork(soft)).snn.neuron.name; // 'half'
 * disposeModel(heap, soft);
 */
export interface OwnActivation {
  /** Its word in files and messages; none of strelu's (ACTIVATIONS). */
  readonly name: string;
  /**
   * y, of x's shape, by tensor methods: they give the gradient. theta, [1] or [channels], is trained where y depends on it, and
   * stays at its start otherwise.
   */
  forward(x: Tensor, theta: Tensor): Tensor;
  /** theta before training. Default: 1. */
  readonly thetaStart?: number;
  /** Gain of the weights' initial deviation, of a network whose first activation it is. Default: 1. */
  readonly gain?: number;
  /**
   * How it converts: the name of the neuron whose response it is, or is close to, with theta as threshold and spike height. Absent:
   * `convert` refuses it, unless the neuron or a method of one's own is handed to it.
   */
  readonly neuron?: string;
}
