/**
 * @file Nodes that move nothing but the file's view of a map.
 */
import { mapSize } from '../../../nn/architecture.ts';
import { BATCH, type Constant, integers } from '../../constant.ts';
import { ELEMENT_TYPES, isFloating } from '../../element-types.ts';
import {
  type Answer,
  after,
  type Call,
  constantAt,
  int,
  ints,
  isFlat,
  neededConstant,
  signalAt,
} from '../call.ts';
import { refuse } from '../place.ts';
import { layerStep, type Signal } from '../step.ts';
import { regrouped, sizesOf, type View } from '../view.ts';
import { scalarAnswer } from './scalars.ts';

const LAYOUT = 'layout only: nothing to compute';

/** The same values seen along other axes; several places read as one vector are a flatten. */
function seen(call: Call, input: Signal, view: View): Answer {
  const flattens = view.length === 1 && !isFlat(input) && input.shape[0] * input.shape[1] > 1;
  if (!flattens) return { value: { signal: { ...input, view } }, became: LAYOUT };
  const shape = [1, 1, mapSize(input.shape)] as const;
  return after({ ...input, shape, view }, layerStep(input.step, { kind: 'flatten' }, {}, call.place));
}

function reshapedTo(call: Call, input: Signal, sizes: readonly number[]): Answer {
  const view = regrouped(input.view, sizes);
  if (view) return seen(call, input, view);
  return refuse(
    call.place,
    `[batch, ${sizesOf(input.view).join(', ')}] as [batch, ${sizes.join(', ')}] splits an axis`,
    'only a flatten and axes of size 1 are layout: leave out what deals values out anew',
  );
}

/** Where the batch stays the first axis. */
export function reshape(call: Call): Answer {
  const input = signalAt(call, 0);
  const before = sizesOf(input.view);
  const target = [...neededConstant(call, 1, 'a shape').data];
  const total = before.reduce((product, size) => product * size, 1);
  const copied = target.map((size, i) => (size === 0 && i > 0 ? (before[i - 1] ?? 0) : size));
  const [, ...rest] = copied;
  const open = rest.indexOf(-1);
  const known = rest.reduce((product, size) => (size === -1 ? product : product * size), 1);
  if (open >= 0) rest[open] = total / known;
  const whole = rest.every((size) => Number.isInteger(size) && size >= 1);
  if (target.length >= 2 && whole && rest.reduce((product, size) => product * size, 1) === total)
    return reshapedTo(call, input, rest);
  return refuse(
    call.place,
    `[batch, ${before.join(', ')}] as [${target.map((size) => (Number.isNaN(size) ? 'batch' : size)).join(', ')}] does not keep the batch`,
    'flatten from the first axis behind the batch on: torch.flatten(x, 1)',
  );
}

export function flatten(call: Call): Answer {
  const input = signalAt(call, 0);
  const sizes = sizesOf(input.view);
  const axis = int(call, 'axis', 1);
  if ((axis < 0 ? axis + sizes.length + 1 : axis) !== 1)
    return refuse(call.place, `a flatten from axis ${axis}`, 'flatten everything behind the batch: axis 1');
  return reshapedTo(call, input, [sizes.reduce((product, size) => product * size, 1)]);
}

export function transpose(call: Call): Answer {
  const input = signalAt(call, 0);
  const rank = input.view.length + 1;
  const order = ints(call, 'perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  const sound =
    order.length === rank && new Set(order).size === rank && order.every((axis) => axis >= 0 && axis < rank);
  if (sound && order[0] === 0)
    return seen(
      call,
      input,
      order.slice(1).map((axis) => input.view[axis - 1]!),
    );
  return refuse(
    call.place,
    `a transpose to [${order.join(', ')}] moves the batch`,
    'leave the batch the first axis',
  );
}

/** Axes of an attribute (before opset 13) or of an input, counted from the front. */
function axesOf(call: Call, rank: number): number[] | null {
  const found = ints(call, 'axes') ?? constantAt(call, 1)?.data;
  return found ? [...found].map((axis) => (axis < 0 ? axis + rank : axis)) : null;
}

export function squeeze(call: Call): Answer {
  const input = signalAt(call, 0);
  const sizes = [BATCH, ...sizesOf(input.view)];
  const axes = axesOf(call, sizes.length) ?? sizes.flatMap((size, i) => (size === 1 ? [i] : []));
  if (!axes.every((axis) => sizes[axis] === 1))
    return refuse(
      call.place,
      `axes ${axes.join(', ')} of ${sizes.slice(1).join('x')} are not of size 1`,
      'squeeze others',
    );
  return reshapedTo(
    call,
    input,
    sizes.filter((_, i) => i > 0 && !axes.includes(i)),
  );
}

export function unsqueeze(call: Call): Answer {
  const input = signalAt(call, 0);
  const sizes = sizesOf(input.view);
  const axes =
    axesOf(call, sizes.length + 1 + (ints(call, 'axes')?.length ?? constantAt(call, 1)?.data.length ?? 0)) ??
    [];
  const out = [...sizes];
  for (const axis of axes.sort((a, b) => a - b)) {
    if (axis < 1 || axis > out.length + 1 || axes.length > 8)
      return refuse(call.place, `a new axis at ${axis}`, 'leave the batch the first axis');
    out.splice(axis - 1, 0, 1);
  }
  return reshapedTo(call, input, out);
}

export const same = (call: Call): Answer => ({
  value: { signal: signalAt(call, 0) },
  became: 'left out: it changes nothing',
});

export function dropout(call: Call): Answer {
  if (call.usedOutputs[1])
    return refuse(call.place, 'the mask of a dropout is used', 'call model.eval() before the export');
  const input = signalAt(call, 0);
  const given =
    call.opset < 12 ? (call.attributes.get('ratio')?.f ?? 0.5) : (constantAt(call, 1)?.data[0] ?? 0.5);
  const rate = Math.min(0.999, Math.max(0, given));
  return after(input, layerStep(input.step, { kind: 'dropout', rate }, {}, call.place));
}

export function cast(call: Call): Answer {
  const to = int(call, 'to', 0);
  if (isFloating(to))
    return { value: { signal: signalAt(call, 0) }, became: 'left out: all is computed in float32' };
  if (ELEMENT_TYPES.get(to)?.name.startsWith('int')) return scalarAnswer(call, [{ kind: 'truncate' }]);
  return refuse(
    call.place,
    `a cast to type ${to} of onnx.proto`,
    'keep the values of the network floating-point',
  );
}

/** The shape, for those who compute with it: only the batch is open. */
export function shape(call: Call): Answer {
  const sizes: Constant = integers([BATCH, ...sizesOf(signalAt(call, 0).view)]);
  return { value: { constant: sizes }, became: 'a shape: computed now' };
}
