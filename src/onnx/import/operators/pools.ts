/**
 * @file Pools and borders.
 */
import { type Border, mapSize, type Pair } from '../../../nn/architecture.ts';
import {
  type Answer,
  after,
  type Call,
  constantAt,
  int,
  ints,
  mapAt,
  scalarOf,
  signalAt,
  text,
} from '../call.ts';
import { refuse } from '../place.ts';
import { layerStep, type Signal } from '../step.ts';
import { channelsFirst, sizesOf } from '../view.ts';
import { type NodeWindow, pairOf, windowOf } from '../window.ts';

function poolWindow(call: Call, input: Signal): NodeWindow {
  const [rows, columns] = input.shape;
  const found = windowOf(call, [rows, columns], pairOf(call, ints(call, 'kernel_shape'), 'window'));
  if (found.dilation.some((n) => n !== 1))
    refuse(call.place, `a pool with dilation ${found.dilation.join('x')}`, 'use a pool without dilation');
  return found;
}

function pooled({ places }: NodeWindow, input: Signal): Pick<Signal, 'shape' | 'view'> {
  const shape = [places[0], places[1], input.shape[2]] as const;
  return { shape, view: channelsFirst(shape) };
}

const wider = (padding: Border, [below, right]: Pair): Border => [
  padding[0],
  padding[1] + below,
  padding[2],
  padding[3] + right,
];
const NONE: Border = [0, 0, 0, 0];
const isNone = (padding: readonly number[]): boolean => padding.every((n) => n === 0);

/** What rounding up adds never counts in a mean; where the border does, it is put there by a layer of its own. */
export function averagePool(call: Call): Answer {
  const input = mapAt(call, 0);
  const found = poolWindow(call, input);
  const { window, stride, padding, extra } = found;
  const counts = int(call, 'count_include_pad', 0) === 1 && !isNone(padding);
  const both = counts && !isNone(extra);
  const before = both
    ? layerStep(input.step, { kind: 'pad', padding, value: 0 }, {}, call.place)
    : input.step;
  const border = wider(both ? NONE : padding, extra);
  const countPadding = isNone(border) || (counts && !both);
  const step = layerStep(
    before,
    { kind: 'avgPool', window, stride, padding: border, countPadding },
    {},
    call.place,
  );
  return { value: { signal: { step, ...pooled(found, input) } } };
}

export function maxPool(call: Call): Answer {
  if (call.usedOutputs[1])
    refuse(
      call.place,
      'the places of the maxima are used',
      'leave MaxUnpool out: it needs the whole map at once',
    );
  const input = mapAt(call, 0);
  const found = poolWindow(call, input);
  const { window, stride, padding, extra } = found;
  const step = layerStep(
    input.step,
    { kind: 'maxPool', window, stride, padding: wider(padding, extra) },
    {},
    call.place,
  );
  return { value: { signal: { step, ...pooled(found, input) } } };
}

/** The whole map as one window. */
function global(call: Call, kind: 'avgPool' | 'maxPool'): Answer {
  const input = mapAt(call, 0);
  const [rows, columns, channels] = input.shape;
  const window: Pair = [rows, columns];
  const shape = [1, 1, channels] as const;
  const common = { window, stride: window, padding: NONE };
  const layer =
    kind === 'avgPool' ? ({ kind, ...common, countPadding: true } as const) : ({ kind, ...common } as const);
  return {
    value: {
      signal: { step: layerStep(input.step, layer, {}, call.place), shape, view: channelsFirst(shape) },
    },
  };
}

export const globalAveragePool = (call: Call): Answer => global(call, 'avgPool');
export const globalMaxPool = (call: Call): Answer => global(call, 'maxPool');

/** The mean over rows and columns, as x.mean([2, 3]) exports it. */
export function reduceMean(call: Call): Answer {
  const axes = [...(ints(call, 'axes') ?? constantAt(call, 1)?.data ?? [])].map((axis) =>
    axis < 0 ? axis + 4 : axis,
  );
  if (axes.sort().join() !== '2,3')
    refuse(
      call.place,
      `a mean over axes ${axes.join(', ') || 'all'}`,
      'use the mean over rows and columns, or AveragePool',
    );
  const { value } = global(call, 'avgPool');
  if (int(call, 'keepdims', 1) === 1 || !('signal' in value)) return { value };
  const { signal } = value;
  return { value: { signal: { ...signal, view: signal.view.slice(0, 1) } } };
}

export function pad(call: Call): Answer {
  const mode = text(call, 'mode', 'constant');
  const value = call.opset < 11 ? (call.attributes.get('value')?.f ?? 0) : paddedValue(call);
  if (mode !== 'constant' || !Number.isFinite(value))
    refuse(
      call.place,
      `a border of ${mode === 'constant' ? value : `mode ${mode}`}`,
      'pad with one finite number: what stands on a border never changes',
    );
  const pads = call.opset < 11 ? (ints(call, 'pads') ?? []) : [...(constantAt(call, 1)?.data ?? [])];
  const input = signalAt(call, 0);
  if (isNone(pads)) return { value: { signal: input }, became: 'a border of nothing: left out' };
  const rank = sizesOf(input.view).length + 1;
  const axes = call.opset >= 18 ? constantAt(call, 3) : null;
  const map = mapAt(call, 0);
  if (
    axes ||
    rank !== 4 ||
    pads.length !== 8 ||
    [0, 1, 4, 5].some((i) => pads[i] !== 0) ||
    pads.some((n) => !(n >= 0))
  )
    refuse(
      call.place,
      `a border of ${pads.join(', ')}${axes ? ` along axes ${axes.data.join(', ')}` : ''}`,
      'pad rows and columns only, by none or more, with all axes named',
    );
  const padding: Border = [pads[2]!, pads[6]!, pads[3]!, pads[7]!];
  const shape = [
    map.shape[0] + padding[0] + padding[1],
    map.shape[1] + padding[2] + padding[3],
    map.shape[2],
  ] as const;
  if (!Number.isSafeInteger(mapSize(shape))) refuse(call.place, 'a border without end', 'pad by less');
  return after(
    { ...map, shape, view: channelsFirst(shape) },
    layerStep(map.step, { kind: 'pad', padding, value }, {}, call.place),
  );
}

function paddedValue(call: Call): number {
  const value = constantAt(call, 2);
  return value && value.data.length > 0 ? scalarOf(call, value, 'border') : 0;
}
