/**
 * @file The layers of a network description (`train --model net.json`): one table, from which the reader and the JSON schema come.
 * The words are those of `sequential`; channels and inputs are found.
 */
import { MOST_PADDED } from '../nn/defaults.ts';
import {
  avgPool,
  batchNorm,
  concat,
  conv2d,
  dropout,
  flatten,
  globalAvgPool,
  type LayerSpec,
  linear,
  maxPool,
  type PoolLayerOptions,
  pad,
  qcfs,
  relu,
  residual,
  strelu,
  tleakyRelu,
  trelu,
} from '../nn/layers.ts';
import type { Frame, Square } from '../nn/map-window.ts';

/** What a field may hold. Without `fallback` it must be there. */
export type FieldWord =
  | { readonly type: 'integer'; readonly minimum: number; readonly fallback?: number; readonly says: string }
  | {
      readonly type: 'number';
      readonly minimum: number;
      readonly maximum: number;
      readonly fallback?: number;
      readonly says: string;
    }
  | { readonly type: 'boolean'; readonly fallback: boolean; readonly says: string }
  | {
      readonly type: 'choice';
      readonly choices: readonly string[];
      readonly fallback: string;
      readonly says: string;
    }
  | {
      /** A number for both directions, or [vertical, horizontal]. */
      readonly type: 'pair';
      readonly minimum: number;
      /** 'window': that of the field `size`. */
      readonly fallback?: number | 'window';
      readonly says: string;
    }
  | {
      /** A number for all sides, or [top, bottom, left, right]. */
      readonly type: 'border';
      readonly fallback?: number;
      readonly says: string;
    }
  | { readonly type: 'branches'; readonly says: string }
  | { readonly type: 'layers'; readonly optional?: boolean; readonly says: string };

/** Values of the fields, checked against their words. */
export interface Found {
  integer(field: string): number;
  number(field: string): number;
  boolean(field: string): boolean;
  choice<T extends string>(field: string): T;
  /** Undefined: left out, the word says what then holds. */
  pair(field: string): Square | undefined;
  border(field: string): Frame;
  layers(field: string): LayerSpec[];
  branches(field: string): LayerSpec[][];
}

export interface LayerWord {
  readonly says: string;
  readonly fields: Readonly<Record<string, FieldWord>>;
  make(found: Found): LayerSpec;
}

const whole = (says: string, minimum: number, fallback?: number): FieldWord => ({
  type: 'integer',
  minimum,
  says,
  ...(fallback !== undefined && { fallback }),
});
const real = (says: string, minimum: number, maximum: number, fallback?: number): FieldWord => ({
  type: 'number',
  minimum,
  maximum,
  says,
  ...(fallback !== undefined && { fallback }),
});
const pair = (says: string, fallback?: number | 'window'): FieldWord => ({
  type: 'pair',
  minimum: 1,
  says,
  ...(fallback !== undefined && { fallback }),
});
const border = (says: string, fallback?: number): FieldWord => ({
  type: 'border',
  says,
  ...(fallback !== undefined && { fallback }),
});
const yes = (says: string): FieldWord => ({ type: 'boolean', fallback: true, says });

const levels = (fallback: number): FieldWord =>
  whole('steps of the training grid of [0, theta]; 0: continuous', 0, fallback);
const ACTIVATION: Readonly<Record<string, FieldWord>> = {
  levels: levels(0),
  rounding: {
    type: 'choice',
    choices: ['round', 'truncate'],
    fallback: 'round',
    says: 'how the grid rounds',
  },
  thetaPer: {
    type: 'choice',
    choices: ['layer', 'channel'],
    fallback: 'layer',
    says: 'one threshold for the layer, or for each channel',
  },
};

const clipped = (found: Found): Parameters<typeof strelu>[0] => ({
  levels: found.integer('levels'),
  rounding: found.choice<'round' | 'truncate'>('rounding'),
  thetaPer: found.choice<'layer' | 'channel'>('thetaPer'),
});

const POOL: Readonly<Record<string, FieldWord>> = {
  size: pair('rows and columns of a window'),
  stride: pair('step of the window', 'window'),
  padding: border('around the map', 0),
};

function pooled(found: Found): PoolLayerOptions {
  const stride = found.pair('stride');
  return { padding: found.border('padding'), ...(stride !== undefined && { stride }) };
}

export const LAYER_WORDS: Readonly<Record<string, LayerWord>> = {
  conv2d: {
    says: 'a convolution',
    fields: {
      outChannels: whole('channels of its output', 1),
      kernel: pair('rows and columns of its kernel'),
      stride: pair('step of the kernel', 1),
      padding: border('zeros around the map', 0),
      dilation: pair('places between neighbouring taps', 1),
      groups: whole('convolutions side by side that the channels are dealt out to', 1, 1),
      bias: yes('whether it adds a bias'),
    },
    make: (found) =>
      conv2d(found.integer('outChannels'), found.pair('kernel')!, {
        stride: found.pair('stride')!,
        padding: found.border('padding'),
        dilation: found.pair('dilation')!,
        groups: found.integer('groups'),
        bias: found.boolean('bias'),
      }),
  },
  linear: {
    says: 'a fully connected layer',
    fields: { outputs: whole('its outputs', 1), bias: yes('whether it adds a bias') },
    make: (found) => linear(found.integer('outputs'), { bias: found.boolean('bias') }),
  },
  batchNorm: {
    says: 'batch normalisation over each channel',
    fields: {
      epsilon: real('added to the variance', 0, 1, 1e-5),
      momentum: real('weight of the newest batch in the running statistics', 0, 1, 0.1),
    },
    make: (found) => batchNorm({ epsilon: found.number('epsilon'), momentum: found.number('momentum') }),
  },
  strelu: {
    says: 'clip(x, -theta, theta)',
    fields: ACTIVATION,
    make: (found) => strelu(clipped(found)),
  },
  trelu: { says: 'clip(x, 0, theta)', fields: ACTIVATION, make: (found) => trelu(clipped(found)) },
  'tleaky-relu': {
    says: 'clip(x < 0 ? leak * x : x, -theta, theta)',
    fields: { ...ACTIVATION, leak: real('slope below 0', 0, 1, 0.01) },
    make: (found) => tleakyRelu({ ...clipped(found), leak: found.number('leak') }),
  },
  relu: { says: 'max(x, 0)', fields: {}, make: () => relu() },
  qcfs: {
    says: 'quantisation clip-floor-shift',
    fields: { ...ACTIVATION, levels: levels(4) },
    make: (found) => qcfs(clipped(found)),
  },
  avgPool: {
    says: 'means over windows',
    fields: { ...POOL, countPadding: yes('whether the zeros of the border count in a mean') },
    make: (found) =>
      avgPool(found.pair('size')!, { ...pooled(found), countPadding: found.boolean('countPadding') }),
  },
  globalAvgPool: { says: 'the mean of every channel', fields: {}, make: () => globalAvgPool() },
  maxPool: {
    says: 'the largest value of each window',
    fields: POOL,
    make: (found) => maxPool(found.pair('size')!, pooled(found)),
  },
  pad: {
    says: 'one value around the map',
    fields: {
      padding: border('how many places on every side'),
      value: real('what stands there; -theta: neurons at rest', -MOST_PADDED, MOST_PADDED, 0),
    },
    make: (found) => pad(found.border('padding'), found.number('value')),
  },
  flatten: { says: 'the map as one vector', fields: {}, make: () => flatten() },
  dropout: {
    says: 'sets values to 0 in training',
    fields: { rate: real('how often', 0, 0.999) },
    make: (found) => dropout(found.number('rate')),
  },
  residual: {
    says: 'body(x) + shortcut(x)',
    fields: {
      body: { type: 'layers', says: 'layers of the body' },
      shortcut: { type: 'layers', optional: true, says: 'layers of the shortcut; none: x itself' },
    },
    make: (found) => residual(found.layers('body'), found.layers('shortcut')),
  },
  concat: {
    says: 'what each branch makes of the map, along the channels',
    fields: { branches: { type: 'branches', says: 'lists of layers; an empty one: x itself' } },
    make: (found) => concat(...found.branches('branches')),
  },
};
