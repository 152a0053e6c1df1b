/**
 * @file The weights that training begins with.
 */
import { InputError } from '../errors.ts';
import type { Floats } from '../kernels/kernels.ts';
import type { Heap } from '../memory/heap.ts';
import type { Random } from '../random/random.ts';
import { activationLayers } from './activation-layers.ts';
import { ACTIVATIONS, startOf } from './activations/index.ts';
import type { Architecture, Layer } from './architecture.ts';
import { innerLayers } from './inner-layers.ts';
import { emptyModel, type Model, tensorOf } from './model.ts';
import { parameterName } from './parameters.ts';

/** How the parameters of a model start. */
export interface InitialOptions {
  /**
   * Batch norms before an activation start with beta = -shift * theta. With shift 1, clip(x - theta, -theta, theta) is
   * clip(x, 0, 2 theta) - theta: a symmetric clip that starts as a threshold ReLU of twice the height. Default: 0.
   */
  readonly shift?: number;
  /**
   * The weights of each output have mean 0 over its inputs: what all inputs have in common (the offset of a clip that is shifted,
   * a bright image) moves no output at the start. A single input is left as it is. Default: false.
   */
  readonly balanced?: boolean;
  /** The bias of a first layer that an activation follows starts at -shift * theta too. Default: false. */
  readonly shiftFirst?: boolean;
  /**
   * Of every 3 x 3 or other convolution the first outputs, as many as there are inputs, start as copies of the inputs: a 1 in the
   * middle, zeros around it. Default: false.
   */
  readonly dirac?: boolean;
  /**
   * The last layer's weights start this many times as large. Logits that are scaled by s are the same training: weights times s, their
   * rate times s squared. Default: 1.
   */
  readonly headScale?: number;
  /**
   * Gamma of every batch norm. What an activation receives has this deviation, so that a clip of theta holds theta / normScale
   * deviations: below 1 fewer values are cut off, and a grid of as many steps is coarser. Default: 1.
   */
  readonly normScale?: number;
}

/**
 * A model ready to be trained: weights normal with deviation gain / sqrt(fanIn), biases 0, batch norms the identity, theta at
 * its activation's start. The caller owns it and frees it with `disposeModel`.
 * @param random each tensor draws from a fork of its own: one layer more or less changes no other
 * @throws InputError when the heap has no room for it, nothing stays allocated then; for a shift where an activation has no theta
 * @example
 * const lenet = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu' });
 * const fresh = createModel(heap, lenet, Random.seeded(1));
 * fresh.tensors.get('conv1.weight').shape; // [5, 5, 1, 6]
 * fresh.tensors.get('act1.theta').data; // [1]
 * disposeModel(heap, fresh);
 */
export function createModel(
  heap: Heap,
  architecture: Architecture,
  random: Random,
  {
    shift = 0,
    balanced = false,
    shiftFirst = false,
    dirac = false,
    headScale = 1,
    normScale = 1,
  }: InitialOptions = {},
): Model {
  const activations = activationLayers(architecture.layers);
  const activation = activations[0] ? startOf(activations[0]) : ACTIVATIONS.relu;
  if (shift !== 0 && !Number.isFinite(shift * activation.thetaStart))
    throw new InputError(
      `shift ${shift}: expected 0, since an activation without a theta (relu) has nothing to shift by`,
    );
  const model = emptyModel(heap, architecture);
  const thetas = new Map(
    activations.map((layer) => [parameterName(layer, 'theta'), startOf(layer).thetaStart]),
  );
  const head = model.specs.findLast(({ role }) => role === 'weight');
  for (const spec of model.specs) {
    const { name, role, fanIn } = spec;
    const { data } = model.tensors.get(name)!;
    const stream = random.fork(name);
    if (role === 'weight') {
      for (let i = 0; i < data.length; i++) data[i] = (stream.normal() * activation.gain) / Math.sqrt(fanIn);
      if (balanced) balance(data, fanIn);
      if (dirac && spec.shape.length === 4) copyInputs(data, spec.shape);
      if (headScale !== 1 && spec === head) for (let i = 0; i < data.length; i++) data[i]! *= headScale;
    } else if (role === 'gamma') data.fill(normScale);
    else if (role === 'variance') data.fill(1);
    else if (role === 'theta') data.fill(thetas.get(name)!);
  }
  if (shift !== 0) shiftNorms(model, architecture.layers, -shift * activation.thetaStart);
  const [first, second] = architecture.layers;
  if (shift !== 0 && shiftFirst && first?.kind === 'conv2d' && first.bias && second?.kind === 'activation')
    tensorOf(model, first, 'bias').data.fill(-shift * activation.thetaStart);
  return model;
}

/**
 * Takes the mean over the inputs off the weights of each output, then scales by sqrt(n / (n - 1)): the deviation that normal
 * weights are meant to have stays. weights: [fanIn, outputs].
 */
function balance(weights: Floats, fanIn: number): void {
  if (fanIn === 1) return;
  const outputs = weights.length / fanIn;
  const stretch = Math.sqrt(fanIn / (fanIn - 1));
  for (let c = 0; c < outputs; c++) {
    let sum = 0;
    for (let i = c; i < weights.length; i += outputs) sum += weights[i]!;
    for (let i = c; i < weights.length; i += outputs) weights[i] = (weights[i]! - sum / fanIn) * stretch;
  }
}

/** The first outputs of a convolution copy its inputs; weights: [rows, columns, in, out]. */
function copyInputs(weights: Floats, [rows, columns, ins, outs]: readonly number[]): void {
  const [taps, copies] = [rows! * columns!, Math.min(ins!, outs!)];
  const middle = Math.floor(rows! / 2) * columns! + Math.floor(columns! / 2);
  for (let tap = 0; tap < taps; tap++)
    for (let i = 0; i < ins!; i++)
      for (let o = 0; o < copies; o++)
        weights[(tap * ins! + i) * outs! + o] = tap === middle && i === o ? 1 : 0;
}

/** beta of every batch norm directly before an activation. */
function shiftNorms(model: Model, layers: readonly Layer[], beta: number): void {
  layers.forEach((layer, i) => {
    for (const [, inner] of innerLayers(layer)) shiftNorms(model, inner, beta);
    if (layer.kind === 'batchNorm' && layers[i + 1]?.kind === 'activation')
      tensorOf(model, layer, 'beta').data.fill(beta);
  });
}
