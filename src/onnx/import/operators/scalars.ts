/**
 * @file Nodes that apply a function to each value by itself, and those that add or join two maps.
 */
import { BATCH } from '../../constant.ts';
import { ELEMENT_TYPES } from '../../element-types.ts';
import {
  type Answer,
  after,
  type Call,
  constantAt,
  float,
  int,
  isFlat,
  neededConstant,
  perChannel,
  scalarOf,
  signalAt,
} from '../call.ts';
import { refuse } from '../place.ts';
import { bounded } from '../scalar/activation.ts';
import { affine, clip, type ScalarOperation } from '../scalar/operation.ts';
import type { Signal, Step } from '../step.ts';
import { channelsFirst, isChannelsFirst, isInOrder, sizesOf, vectorView } from '../view.ts';

/** The map with a function applied to each value. */
export function scalarAnswer(call: Call, operations: readonly ScalarOperation[], i = 0): Answer {
  const input = signalAt(call, i);
  const step: Step = {
    kind: 'scalar',
    inputs: [input.step],
    operations,
    channels: input.shape[2],
    nodes: [call.place],
  };
  return after(input, step);
}

export const relu = (call: Call): Answer => scalarAnswer(call, [bounded(0, Number.POSITIVE_INFINITY)]);

export function leakyRelu(call: Call): Answer {
  return scalarAnswer(call, slopes(call, float(call, 'alpha', 0.01)));
}

export function pRelu(call: Call): Answer {
  const { data } = neededConstant(call, 1, 'slopes');
  if (data.length > 0 && data.every((slope) => slope === data[0]))
    return scalarAnswer(call, slopes(call, data[0]!));
  return refuse(
    call.place,
    'a slope of its own for each channel',
    'use nn.PReLU(1) or LeakyReLU: one slope for the layer',
  );
}

function slopes(call: Call, slope: number): readonly ScalarOperation[] {
  if (slope === 0) return [bounded(0, Number.POSITIVE_INFINITY)];
  if (slope > 0) return [{ kind: 'leak', slope }];
  return refuse(call.place, `a slope of ${slope}`, 'use a slope from 0 on: neurons never fall back');
}

export function clipNode(call: Call): Answer {
  const bound = (name: 'min' | 'max', i: number, open: number): number => {
    if (call.opset < 11) return float(call, name, open);
    const found = constantAt(call, i);
    return found && found.data.length > 0 ? scalarOf(call, found, name) : open;
  };
  // Before opset 11 the open bounds were the ends of float32.
  const wide = (x: number): number => (Math.abs(x) > 3.4e38 ? Math.sign(x) * Number.POSITIVE_INFINITY : x);
  const [low, high] = [bound('min', 1, Number.NEGATIVE_INFINITY), bound('max', 2, Number.POSITIVE_INFINITY)];
  return scalarAnswer(call, [bounded(wide(low), wide(high))]);
}

/** max(0, min(1, alpha * x + beta)) */
export const hardSigmoid = (call: Call): Answer =>
  scalarAnswer(call, [affine([float(call, 'alpha', 0.2)], [float(call, 'beta', 0.5)]), bounded(0, 1)]);

export const rounding =
  (kind: 'floor' | 'nearest') =>
  (call: Call): Answer =>
    scalarAnswer(call, [{ kind }]);

export const negated = (call: Call): Answer => scalarAnswer(call, [affine([-1], [0])]);

/** The input that is a constant, if one is, and the number of the other. */
function split(call: Call): { readonly at: number; readonly row: Float64Array } | null {
  const at = call.inputs.findIndex((value) => value && 'signal' in value);
  const other = call.inputs[1 - at];
  if (!other || !('constant' in other)) return null;
  return { at, row: perChannel(call, other.constant, signalAt(call, at)) };
}

const ONE = Float64Array.of(1);
const ZERO = Float64Array.of(0);

export function add(call: Call): Answer {
  const found = split(call);
  if (found) return scalarAnswer(call, [affine(ONE, found.row)], found.at);
  return joined(call, 'add');
}

export function subtract(call: Call): Answer {
  const found = split(call);
  if (!found) return refuse(call.place, 'the difference of two maps', 'negate the weights of one and add');
  const negative = found.row.map((x) => -x);
  const minus = found.at === 0 ? affine(ONE, negative) : affine([-1], found.row);
  return scalarAnswer(call, [minus], found.at);
}

export function multiply(call: Call): Answer {
  const found = split(call);
  if (found) return scalarAnswer(call, [affine(found.row, ZERO)], found.at);
  return refuse(
    call.place,
    'the product of two maps (gating)',
    'spikes add up and cannot multiply: use Add, or drop the gate',
  );
}

export function divide(call: Call): Answer {
  const found = split(call);
  if (found?.at !== 0) return refuse(call.place, 'a division by a map', 'divide by constants only');
  if (found.row.some((x) => x === 0))
    return refuse(call.place, 'a division by 0', 'export the network again');
  return scalarAnswer(call, [
    affine(
      found.row.map((x) => 1 / x),
      ZERO,
    ),
  ]);
}

export function extremum(kind: 'min' | 'max'): (call: Call) => Answer {
  return (call) => {
    const found = call.inputs.length === 2 ? split(call) : null;
    if (!found)
      return refuse(
        call.place,
        `the ${kind === 'max' ? 'larger' : 'smaller'} of maps`,
        `use a constant bound, or MaxPool`,
      );
    const open = found.row.map(() => (kind === 'max' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY));
    return scalarAnswer(call, [kind === 'max' ? clip(found.row, open) : clip(open, found.row)], found.at);
  };
}

/** Scale and zero point of a quantisation, with the range of its whole numbers. */
function quantum(call: Call): {
  readonly scale: number;
  readonly zero: number;
  readonly range: readonly [number, number];
} {
  const scale = scalarOf(call, neededConstant(call, 1, 'a scale'), 'scale of a map');
  const point = constantAt(call, 2);
  const range = ELEMENT_TYPES.get(point?.type ?? 2)?.range ?? [0, 255];
  if (!(scale > 0 && Number.isFinite(scale)))
    return refuse(call.place, `expected a scale above 0, found ${scale}`, 'calibrate the quantisation again');
  return { scale, zero: point ? scalarOf(call, point, 'zero point of a map') : 0, range };
}

export function quantizeLinear(call: Call): Answer {
  const { scale, zero, range } = quantum(call);
  return scalarAnswer(call, [
    affine([1 / scale], [0]),
    { kind: 'nearest' },
    affine([1], [zero]),
    bounded(...range),
  ]);
}

export function dequantizeLinear(call: Call): Answer {
  const { scale, zero } = quantum(call);
  return scalarAnswer(call, [affine([1], [-zero]), affine([scale], [0])]);
}

/** The sum of maps, or their channels side by side. */
function joined(call: Call, kind: 'add' | 'concat'): Answer {
  const signals = call.inputs.map((_, i) => signalAt(call, i));
  const [first] = signals;
  if (!first) return refuse(call.place, 'expected maps, found none', 'export the network again');
  const key = ({ shape, view }: Signal): string =>
    JSON.stringify([
      kind === 'add' ? shape : shape.slice(0, 2),
      view.map((axes) =>
        axes.map(({ name, size }) => (kind === 'add' || name !== 'channels' ? [name, size] : name)),
      ),
    ]);
  const odd = signals.find((signal) =>
    kind === 'add'
      ? key(signal) !== key(first)
      : signal.shape.slice(0, 2).join() !== first.shape.slice(0, 2).join(),
  );
  if (odd)
    return refuse(
      call.place,
      `maps of [${sizesOf(first.view).join(', ')}] and [${sizesOf(odd.view).join(', ')}]`,
      'give all of them the same axes: nothing is stretched',
    );
  const step: Step = { kind, inputs: signals.map((signal) => signal.step), nodes: [call.place] };
  if (kind === 'add') return after(first, step);
  const channels = signals.reduce((sum, { shape }) => sum + shape[2], 0);
  const shape = [first.shape[0], first.shape[1], channels] as const;
  const vector = first.view.length === 1;
  return { value: { signal: { step, shape, view: vector ? vectorView(channels) : channelsFirst(shape) } } };
}

export const sum = (call: Call): Answer => joined(call, 'add');

export function concat(call: Call): Answer {
  const signals = call.inputs.map((_, i) => signalAt(call, i));
  const rank = (signals[0]?.view.length ?? 0) + 1;
  const axis = int(call, 'axis', BATCH);
  const along = axis < 0 ? axis + rank : axis;
  const sound = signals.every((signal) =>
    signal.view.length === 1
      ? rank === 2 && isInOrder(signal.view)
      : rank === 4 && isChannelsFirst(signal.view) && !isFlat(signal),
  );
  if (along === 1 && sound) return joined(call, 'concat');
  return refuse(
    call.place,
    `maps side by side along axis ${axis}`,
    'join channels (axis 1) of maps, and flatten behind the join',
  );
}
