/**
 * @file What the architectures are written with: each function gives one layer; names count up by kind (conv1, conv2, act1).
 */
import { ACTIVATIONS } from '../activations/index.ts';
import type { ActivationName, Layer } from '../architecture.ts';
import { BATCH_NORM, LEAK, QCFS_LEVELS } from '../defaults.ts';
import { type Border, borderOf, NO_BORDER, pairOf, type Square } from '../map-window.ts';

/** Means before batch norm and activation, means after them, or largest values before them. */
export type Pooling = 'before' | 'after' | 'max';
/** All kinds of pooling. */
export const POOLINGS: readonly Pooling[] = ['before', 'after', 'max'];

/** Zeros, or the output of neurons at rest. */
export type ConvBorder = 'zero' | 'rest';
/** All kinds of borders. */
export const CONV_BORDERS: readonly ConvBorder[] = ['zero', 'rest'];

/** Choices that every model offers. */
export interface ModelOptions {
  readonly activation: ActivationName;
  /** Steps of the activation's grid, 0 = continuous; QCFS needs at least 1. */
  readonly levels?: number;
  /** The same for each activation by itself, in order; the last one holds for all that follow. Default: `levels` for all. */
  readonly layerLevels?: readonly number[];
  /**
   * Average pools before the batch norm and the activation ('before', four times fewer neurons) or after them, or max pools before them
   * ('max', law L22). Default: the model's own.
   */
  readonly pooling?: Pooling;
  /** How the grid rounds. Default: 'round'. */
  readonly rounding?: 'truncate' | 'round';
  /**
   * What convolutions behind neurons see around a map: zeros, or the neurons' output at rest ('rest', -theta where it starts; 0 where an
   * activation is never negative). Networks that are trained shifted rest at -theta (law L20). Default: 'zero'.
   */
  readonly border?: ConvBorder;
  /**
   * The last layer has a bias, also where the model's own has none: training with `restHead` keeps the rest of the neurons before it
   * there. Default: false.
   */
  readonly restHead?: boolean;
  /** One theta per layer (default) or one per channel. */
  readonly thetaPer?: 'layer' | 'channel';
  /** Multiplies the number of channels. Default: 1. */
  readonly width?: number;
}

/** Gives the layers of one model. */
export interface Builder {
  conv(
    inChannels: number,
    outChannels: number,
    kernel: number,
    options?: { stride?: number; padding?: number; bias?: boolean },
  ): Layer;
  /** 3 x 3 behind neurons, without a bias, with a border of one place: what stands there is for `border` to say. */
  inner(inChannels: number, outChannels: number): Layer[];
  linear(inputs: number, outputs: number, bias?: boolean): Layer;
  norm(channels: number, options?: { epsilon?: number; momentum?: number }): Layer;
  act(channels: number): Layer;
  /** border: zeros around the map of which a mean is taken, none by default. */
  pool(size: Square, border?: Border): Layer;
  flatten(): Layer;
  dropout(rate: number): Layer;
  residual(body: Layer[], shortcut: Layer[]): Layer;
  /** Channels scaled by the width, at least 1. */
  wide(channels: number): number;
}

/** What neurons that stand for an activation give at rest, as training starts. */
const restOf = (activation: ActivationName): number =>
  activation === 'strelu' ? -ACTIVATIONS.strelu.thetaStart : 0;

export function builder(options: ModelOptions): Builder {
  const counts = new Map<string, number>();
  const name = (kind: string): string => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${kind}${count}`;
  };
  let activations = 0;
  const nextLevels = (): number => {
    const own = options.layerLevels?.[Math.min(activations++, options.layerLevels.length - 1)];
    const levels = own ?? options.levels ?? 0;
    return options.activation === 'qcfs' ? levels || QCFS_LEVELS : levels;
  };
  const conv: Builder['conv'] = (
    inChannels,
    outChannels,
    kernel,
    { stride = 1, padding = 0, bias = true } = {},
  ) => ({
    kind: 'conv2d',
    name: name('conv'),
    inChannels,
    outChannels,
    kernel: pairOf(kernel),
    stride: pairOf(stride),
    padding: borderOf(padding),
    dilation: pairOf(1),
    groups: 1,
    bias,
  });
  const atRest = options.border === 'rest' ? restOf(options.activation) : 0;
  return {
    conv,
    inner: (inChannels, outChannels) =>
      atRest === 0
        ? [conv(inChannels, outChannels, 3, { padding: 1, bias: false })]
        : [
            { kind: 'pad', name: name('pad'), padding: borderOf(1), value: atRest },
            conv(inChannels, outChannels, 3, { bias: false }),
          ],
    linear: (inputs, outputs, bias = true) => ({
      kind: 'linear',
      name: name('linear'),
      inputs,
      outputs,
      bias,
    }),
    norm: (channels, norm = {}) => ({
      kind: 'batchNorm',
      name: name('norm'),
      channels,
      ...BATCH_NORM,
      ...norm,
    }),
    act: (channels) => ({
      kind: 'activation',
      name: name('act'),
      activation: options.activation,
      thetas: options.thetaPer === 'channel' ? channels : 1,
      leak: options.activation === 'tleaky-relu' ? LEAK : 1,
      levels: nextLevels(),
      rounding: options.rounding ?? 'round',
    }),
    pool: (size, border = NO_BORDER) => {
      const window = { name: name('pool'), window: pairOf(size), stride: pairOf(size), padding: border };
      return options.pooling === 'max'
        ? { kind: 'maxPool', ...window }
        : { kind: 'avgPool', ...window, countPadding: true };
    },
    flatten: () => ({ kind: 'flatten', name: name('flatten') }),
    dropout: (rate) => ({ kind: 'dropout', name: name('dropout'), rate }),
    residual: (body, shortcut) => ({ kind: 'residual', name: name('residual'), body, shortcut }),
    wide: (channels) => Math.max(1, Math.round(channels * (options.width ?? 1))),
  };
}
