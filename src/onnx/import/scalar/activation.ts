/**
 * @file From functions of one value to layers: batch norms for lines, activations for clips and grids. What no neuron can be is
 * refused.
 */
import type { ActivationLayer } from '../../../nn/architecture.ts';
import { type NodePlace, refuse } from '../place.ts';
import type { NamelessLayer, Roles } from '../step.ts';
import {
  type Affine,
  affine,
  clip,
  ofChannel,
  type ScalarOperation,
  simplified,
  widest,
} from './operation.ts';
import { type Staircase, staircaseOf } from './staircase.ts';

/** A layer without its name, and its tensors. */
export interface Made {
  readonly layer: NamelessLayer | Omit<ActivationLayer, 'name'>;
  readonly tensors: Roles;
}

const ROUNDINGS: readonly ScalarOperation['kind'][] = ['floor', 'nearest', 'truncate'];
const SYMMETRIC =
  'train with Hardtanh(-t, t), which becomes stReLU(t), or with Clip(0, c) or ReLU6, which become tReLU(c)';

/**
 * The layers that the operations are.
 * @throws InputError when one of them has no bound, or no neuron has its form
 */
export function layersOf(operations: readonly ScalarOperation[], channels: number, place: NodePlace): Made[] {
  const all = simplified(operations);
  const rounding = all.findIndex(({ kind }) => ROUNDINGS.includes(kind));
  if (rounding >= 0) return gridLayers(all, channels, place);
  const made: Made[] = [];
  for (let i = 0; i < all.length; i++) {
    const one = all[i]!;
    if (one.kind === 'affine') made.push(line(one, channels));
    else if (one.kind === 'clip') made.push(...clipLayers(one, channels, place));
    else if (one.kind === 'leak') made.push(leaky(one.slope, all[++i], place));
  }
  return made;
}

/** scale * x + shift as a batch norm whose statistics change nothing. */
function line({ scale, shift }: Affine, channels: number): Made {
  const row = (values: Float64Array): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: channels }, (_, c) => values[values.length === 1 ? 0 : c]!);
  return {
    layer: { kind: 'batchNorm', channels, epsilon: 0, momentum: 0.1 },
    tensors: {
      gamma: row(scale),
      beta: row(shift),
      mean: new Float32Array(channels),
      variance: new Float32Array(channels).fill(1),
    },
  };
}

function clipLayers(
  { lower, upper }: ScalarOperation & { kind: 'clip' },
  channels: number,
  place: NodePlace,
): Made[] {
  if (lower.every((x) => x === 0) && upper.every((x) => x === Number.POSITIVE_INFINITY))
    return [activation('relu')];
  const wrong = upper.findIndex((x, c) => !Number.isFinite(x) || !Number.isFinite(lower[c % lower.length]!));
  const [low, high] = [lower[0]!, upper[0]!];
  if (wrong >= 0)
    return refuse(place, `a value without bound on one side (${low} to ${high}) has no neuron`, SYMMETRIC);
  if (!upper.every((x, c) => x > lower[c % lower.length]!))
    return refuse(place, `a clip to ${low} to ${high} leaves one value`, SYMMETRIC);
  if (lower.every((x) => x === 0)) return [activation('trelu', upper)];
  if (upper.every((x, c) => near(-lower[c % lower.length]!, x))) return [activation('strelu', upper)];
  if (upper.length > 1 || lower.length > 1)
    return refuse(place, `a clip to ${low} to ${high} is not symmetric in every channel`, SYMMETRIC);
  // clip(x, l, u) = middle + clip(x - middle, -theta, theta), exactly.
  const middle = (low + high) / 2;
  const moved = (by: number): Made => line(affine([1], [by]), channels);
  return [moved(-middle), activation('strelu', Float64Array.of((high - low) / 2)), moved(middle)];
}

function leaky(slope: number, next: ScalarOperation | undefined, place: NodePlace): Made {
  if (next?.kind !== 'clip')
    return refuse(
      place,
      `a leaky ReLU without bound has no threshold (slope ${slope})`,
      'put Hardtanh(-t, t) behind it in training: together they become tLeakyReLU(t)',
    );
  const { lower, upper } = next;
  const symmetric = upper.every((x, c) => x > 0 && near(-lower[c % lower.length]!, x));
  if (symmetric && slope > 0) return activation('tleaky-relu', upper, { leak: slope });
  return refuse(
    place,
    `a leaky ReLU (slope ${slope}) clipped to ${lower[0]} to ${upper[0]} has no neuron`,
    'use a slope above 0 and Hardtanh(-t, t)',
  );
}

/** A grid, with bounds and steps of its own for each channel perhaps. */
function gridLayers(all: readonly ScalarOperation[], channels: number, place: NodePlace): Made[] {
  const leak = all[0]?.kind === 'leak' ? all[0] : null;
  const rest = leak ? all.slice(1) : all;
  const found = Array.from({ length: widest(rest) }, (_, c) =>
    staircaseOf(rest.map((one) => ofChannel(one, c))),
  );
  const stairs = found.flatMap((one) => one ?? []);
  if (stairs.length < found.length)
    return refuse(
      place,
      'a rounding between operations that are no grid',
      'quantise by QuantizeLinear and DequantizeLinear with one scale for the layer, behind a clip',
    );
  const moved = (scale: readonly number[], shift: readonly number[]): Made[] =>
    scale.every((x) => near(x, 1)) && shift.every((x) => x === 0)
      ? []
      : [line(affine(scale, shift), channels)];
  const before = moved(
    stairs.map(({ scale }) => scale),
    stairs.map(({ shift }) => shift),
  );
  if (leak && before.length > 0)
    return refuse(place, 'a scale between a leaky ReLU and its grid', 'put the scale into the weights');
  const after = moved(
    [1],
    stairs.map((one) => one.after),
  );
  return [
    ...before,
    joinedGrid(
      stairs.map((one) => grid(one, leak?.slope ?? 1, place)),
      place,
    ),
    ...after,
  ];
}

/** The grids of all channels as one activation. */
function joinedGrid(grids: readonly Made[], place: NodePlace): Made {
  const [first] = grids as readonly [Made];
  if (grids.some(({ layer }) => JSON.stringify(layer) !== JSON.stringify(first.layer)))
    return refuse(place, 'grids of different levels in one layer', 'use as many levels for every channel');
  if (grids.length === 1) return first;
  const theta = Float32Array.from(grids, ({ tensors }) => tensors.theta![0]!);
  return { layer: { ...first.layer, thetas: theta.length } as Made['layer'], tensors: { theta } };
}

/** The activation of a grid: its bounds must be levels. */
function grid({ lower, upper, step, rounding }: Staircase, leak: number, place: NodePlace): Made {
  const levels = Math.round(upper / step);
  const whole = levels >= 1 && Math.abs(upper / step - levels) < 1e-3;
  const bounds = `${shown(lower)} to ${shown(upper)} in steps of ${shown(step)}`;
  if (!whole || levels >= 2 ** 31)
    return refuse(
      place,
      `a grid of ${bounds} does not end on a level`,
      'choose the scale t / N for a clip at t and N levels',
    );
  const options = { levels, rounding, ...(leak !== 1 && { leak }) };
  const theta = Float64Array.of(upper);
  if (leak === 1 && Math.abs(lower) < step * 1e-3) return activation('trelu', theta, options);
  if (Math.abs(lower + upper) < step * 1e-3)
    return activation(leak === 1 ? 'strelu' : 'tleaky-relu', theta, options);
  return refuse(
    place,
    `a grid of ${bounds} is not symmetric`,
    'clip to -N * scale and N * scale before it (int8: N = 127), or start at 0',
  );
}

function activation(
  name: string,
  theta: Float64Array = new Float64Array(0),
  options: Partial<Pick<ActivationLayer, 'levels' | 'rounding' | 'leak'>> = {},
): Made {
  const same = theta.every((x) => x === theta[0]);
  const values = Float32Array.from(same ? theta.slice(0, 1) : theta);
  return {
    layer: {
      kind: 'activation',
      activation: name,
      thetas: Math.max(1, values.length),
      leak: 1,
      levels: 0,
      rounding: 'round',
      ...options,
    },
    tensors: name === 'relu' ? {} : { theta: values },
  };
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b);
const shown = (x: number): string => String(Number(x.toPrecision(6)));

/** A clip of numbers, for what is clipped on one side only. */
export const bounded = (lower: number, upper: number): ScalarOperation => clip([lower], [upper]);
