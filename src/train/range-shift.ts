/**
 * @file One activation that becomes another by a shift: clip(x, -theta, theta) = clip(x + theta, 0, 2 theta) - theta (law L20).
 */
import { InputError } from '../errors.ts';
import { activationLayers } from '../nn/activation-layers.ts';
import type { ActivationLayer, BatchNormLayer, Conv2dLayer, Layer, LinearLayer } from '../nn/architecture.ts';
import { innerLayers } from '../nn/inner-layers.ts';
import { type Model, tensorOf } from '../nn/model.ts';

/** Where the range of an activation lies: around 0, or above it. */
type Range = 'symmetric' | 'above';
const RANGES: Readonly<Record<string, Range>> = { strelu: 'symmetric', trelu: 'above', qcfs: 'above' };

/** Whether an activation is a clip as far below 0 as above. */
export const isSymmetric = ({ activation }: ActivationLayer): boolean => RANGES[activation] === 'symmetric';

type Weighted = Conv2dLayer | LinearLayer;

/** Whether a layer hands a constant on as it is. */
export function isPassive(layer: Layer | undefined): boolean {
  if (layer?.kind === 'avgPool') return !layer.countPadding || layer.padding.every((side) => side === 0);
  return layer?.kind === 'maxPool' || layer?.kind === 'flatten' || layer?.kind === 'dropout';
}

/** The activation that changes, and the layers around it that make up for it. */
export interface RangeShift {
  readonly activation: ActivationLayer;
  readonly to: Range;
  /** Its bias or beta takes in the constant. */
  readonly before: BatchNormLayer | Weighted;
  readonly after: Weighted;
  /** Where the constant is taken out again: the bias of `after`, or the running mean of the batch norm that follows it. */
  readonly norm: BatchNormLayer | null;
}

/**
 * What turns the source's layer into the target's, layer i of `layers`: nothing, or one shift.
 * @throws InputError when the two activations have no such translation
 */
export function shiftOf(to: Layer, from: Layer, layers: readonly Layer[], i: number): RangeShift[] {
  if (innerLayers(to).length > 0) refuseInside(to, from);
  if (to.kind !== 'activation' || from.kind !== 'activation' || to.activation === from.activation) return [];
  const [range, former] = [RANGES[to.activation], RANGES[from.activation]];
  if (!range || !former)
    return refuse(to, from.activation, 'only strelu, trelu and qcfs translate into each other');
  if (range === former) return [];
  if (to.thetas !== 1) return refuse(to, from.activation, 'it needs one theta per layer');
  const before = layers[i - 1];
  if (!before || !(before.kind === 'batchNorm' || (isWeighted(before) && before.bias)))
    return refuse(to, from.activation, 'it needs a batch norm, or a weight layer with a bias, before it');
  let next = i + 1;
  while (isPassive(layers[next])) next++;
  const after = layers[next];
  // a mean hands the constant on to the batch norm behind it
  let behind = next + 1;
  while (layers[behind]?.kind === 'avgPool' && isPassive(layers[behind])) behind++;
  const follower = layers[behind];
  const norm = follower?.kind === 'batchNorm' ? follower : null;
  if (!after || !isWeighted(after) || !(after.bias || norm))
    return refuse(to, from.activation, 'it needs a weight layer with a bias or a batch norm after it');
  return [{ activation: to, to: range, before, after, norm: after.bias ? null : norm }];
}

const isWeighted = (layer: Layer): layer is Weighted => layer.kind === 'conv2d' || layer.kind === 'linear';

function refuseInside(to: Layer, from: Layer): void {
  const found = activationLayers([from]);
  activationLayers([to]).forEach((layer, k) => {
    const former = found[k]?.activation ?? layer.activation;
    if (layer.activation !== former) refuse(layer, former, 'it stands inside another layer');
  });
}

function refuse(to: ActivationLayer, from: string, why: string): never {
  throw new InputError(
    `${to.name}: cannot start ${to.activation} from ${from}: ${why}; train from scratch instead`,
  );
}

/** Shifts the weights of a model that holds those of the source. */
export function applyShift(model: Model, { activation, to, before, after, norm }: RangeShift): void {
  const theta = tensorOf(model, activation, 'theta').data;
  // symmetric: clip to [-height, height]; above: clip to [0, 2 height]
  const height = to === 'symmetric' ? theta[0]! / 2 : theta[0]!;
  theta[0] = to === 'symmetric' ? height : 2 * height;
  const shift = to === 'symmetric' ? -height : height;
  const bias = (
    before.kind === 'batchNorm' ? tensorOf(model, before, 'beta') : tensorOf(model, before, 'bias')
  ).data;
  for (let c = 0; c < bias.length; c++) bias[c]! += shift;
  const weight = tensorOf(model, after, 'weight').data;
  const constants = norm ? tensorOf(model, norm, 'mean').data : tensorOf(model, after, 'bias').data;
  const sign = norm ? 1 : -1;
  for (let k = 0; k < weight.length; k++) constants[k % constants.length]! += sign * shift * weight[k]!;
}
