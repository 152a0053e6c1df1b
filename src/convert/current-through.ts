/**
 * @file Spikes through a convolution or a linear layer become a current: of a concatenation the sum of the currents of its parts,
 * each through its own channels' weights.
 */
import { InputError } from '../errors.ts';
import type { Conv2dLayer, LinearLayer, MapShape, TrainedNetwork } from '../nn/architecture.ts';
import { NO_BORDER, placesOf, smallestMap } from '../nn/map-window.ts';
import { windowOfLayer } from '../nn/window-of-layer.ts';
import { evenParts } from './even-parts.ts';
import { foldNormBefore } from './fold-batch-norm.ts';
import { refuseFilled } from './fold-pad.ts';
import type { Current, CurrentPart, SpikePart, Spikes, Summand } from './layer-output.ts';
import { readParameter } from './read-parameter.ts';
import { type VectorPart, vectorParts } from './vector-parts.ts';

type Trained = {
  readonly weight: Float64Array;
  readonly original: Float32Array<ArrayBufferLike>;
  readonly bias: Float64Array;
};

/** @throws InputError when the layer does not fit the map of its input, or its parameters do not fit the layer */
export function currentThrough(
  layer: Conv2dLayer | LinearLayer,
  input: Spikes,
  network: TrainedNetwork,
): Current {
  const { name } = layer;
  const conv = layer.kind === 'conv2d';
  const [inputs, outputs] = conv ? [layer.inChannels, layer.outChannels] : [layer.inputs, layer.outputs];
  const shape = outputShape(layer, input.shape);
  const size = conv
    ? (layer.kernel[0] * layer.kernel[1] * inputs * outputs) / layer.groups
    : inputs * outputs;
  const original = readParameter(network, `${name}.weight`, size);
  const bias = layer.bias ? readParameter(network, `${name}.bias`, outputs) : new Float32Array(outputs);
  const trained = { weight: Float64Array.from(original), bias: Float64Array.from(bias) };
  const folded = input.affine ? foldNormBefore(layer, trained, input.affine) : trained;
  return {
    kind: 'current',
    parts: partsOf(layer, input, { ...folded, original }),
    shape,
    maxPool: null,
    flat: false,
    names: [...input.names, ...(input.affine?.names ?? []), name],
  };
}

function partsOf(layer: Conv2dLayer | LinearLayer, input: Spikes, trained: Trained): CurrentPart[] {
  const { parts } = input;
  const twofold = layer.kind === 'conv2d' && layer.padding.some((side) => side > 0);
  for (const part of parts) if (twofold) refuseFilled(layer.name, part, 'convolution with zeros around it');
  const flat = parts.some(({ rows }) => rows !== null);
  if (layer.kind === 'linear')
    return [{ summands: vectorParts(parts).map((part) => linearSummand(part, trained)), bias: trained.bias }];
  if (flat) return [throughVector(layer, input, trained)];
  if (layer.groups > 1 && parts.length > 1) return groupedParts(layer, parts, trained);
  let first = 0;
  const summands = parts.flatMap((part) => {
    const own = parts.length === 1 ? trained : channelsOfWeight(layer, part, first, trained);
    first += part.map[2];
    return convSummands(layer, part, own, layer.groups);
  });
  return [{ summands, bias: trained.bias }];
}

/** A border around the spikes is more padding; of uneven means each rectangle has weights of its own. */
function convSummands(
  { kernel, stride, padding, dilation }: Conv2dLayer,
  uneven: SpikePart,
  { weight, original }: Pick<Trained, 'weight' | 'original'>,
  groups: number,
): Summand[] {
  const [top, bottom, left, right] = padding;
  return evenParts(uneven).map(({ part: { from, maxPool, pool, map, border, filled }, share }) => ({
    kind: 'conv2d',
    from,
    maxPool,
    pool,
    weight: share === 1 ? weight : weight.map((w) => w * share),
    original,
    kernel,
    stride,
    padding: [top + border[0], bottom + border[1], left + border[2], right + border[3]],
    dilation,
    groups,
    ...(filled !== 0 && { filled: { value: filled, map } }),
  }));
}

/** The weights of channels first .. first + channels of the part - 1, of a convolution without groups. */
function channelsOfWeight(
  { inChannels, outChannels }: Conv2dLayer,
  { map }: SpikePart,
  first: number,
  { weight, original }: Trained,
): Pick<Trained, 'weight' | 'original'> {
  const picked = <T extends Float64Array | Float32Array<ArrayBufferLike>>(values: T): T =>
    values.filter((_, i) => {
      const input = Math.floor(i / outChannels) % inChannels;
      return input >= first && input < first + map[2];
    }) as T;
  return { weight: picked(weight), original: picked(original) };
}

/** Groups over a concatenation: each part has groups of its own, and so have the neurons behind it. */
function groupedParts(layer: Conv2dLayer, parts: readonly SpikePart[], trained: Trained): CurrentPart[] {
  const { name, groups, inChannels, outChannels } = layer;
  const [ins, outs] = [inChannels / groups, outChannels / groups];
  let first = 0;
  return parts.map((part) => {
    const [begin, own] = [first / ins, part.map[2] / ins];
    if (!Number.isInteger(begin) || !Number.isInteger(own))
      throw new InputError(
        `${name}: groups of ${ins} channels that reach over the parts of a concatenation cannot be converted; use groups that lie within its branches`,
      );
    first += part.map[2];
    const outputs = [begin * outs, (begin + own) * outs] as const;
    const picked = <T extends Float64Array | Float32Array<ArrayBufferLike>>(values: T): T =>
      values.filter((_, i) => i % outChannels >= outputs[0] && i % outChannels < outputs[1]) as T;
    const weights = { weight: picked(trained.weight), original: picked(trained.original) };
    return {
      summands: convSummands(layer, part, weights, own),
      bias: trained.bias.slice(...outputs),
    };
  });
}

/** The rows of the weights that belong to the part, in the order of its map. */
function linearSummand(part: VectorPart, { weight, original, bias }: Trained): Summand {
  const { from, maxPool, pool, map, rows, shares } = part;
  const outputs = bias.length;
  const one = [1, 1] as const;
  const plain = {
    from,
    maxPool,
    pool,
    kernel: one,
    stride: one,
    padding: NO_BORDER,
    dilation: one,
    groups: 1,
  };
  const [height, width, channels] = map;
  const { base, row, column } = rows;
  const size = height * width * channels;
  const whole = base === 0 && row === width * channels && column === channels;
  if (whole && !shares && weight.length === size * outputs)
    return { kind: 'linear', ...plain, weight, original };
  const own = { weight: new Float64Array(size * outputs), original: new Float32Array(size * outputs) };
  let to = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        const at = (base + y * row + x * column + c) * outputs;
        const share = shares ? shares.rows[y]! * shares.columns[x]! : 1;
        for (let o = 0; o < outputs; o++, to++) {
          own.weight[to] = weight[at + o]! * share;
          own.original[to] = original[at + o]!;
        }
      }
  return { kind: 'linear', ...plain, ...own };
}

/** A convolution over a vector, a map of one position: the tap that meets it is a linear layer. */
function throughVector(layer: Conv2dLayer, { parts, shape }: Spikes, trained: Trained): CurrentPart {
  const { name, kernel, padding, dilation, groups, inChannels, outChannels } = layer;
  const taps = [padding[0] / dilation[0], padding[2] / dilation[1]] as const;
  const out = outputShape(layer, shape);
  if (
    groups > 1 ||
    out[0] * out[1] > 1 ||
    !taps.every((tap, axis) => Number.isInteger(tap) && tap < kernel[axis]!)
  )
    throw new InputError(
      `${name}: a convolution after a flatten is converted where it gives one position and has one group; use a linear layer`,
    );
  const size = inChannels * outChannels;
  const first = (taps[0] * kernel[1] + taps[1]) * size;
  const own = {
    ...trained,
    weight: trained.weight.slice(first, first + size),
    original: trained.original.slice(first, first + size),
  };
  return { summands: vectorParts(parts).map((part) => linearSummand(part, own)), bias: trained.bias };
}

function outputShape(layer: Conv2dLayer | LinearLayer, input: MapShape): MapShape {
  const { name } = layer;
  if (layer.kind === 'linear') {
    if (input[2] !== layer.inputs || input[0] * input[1] !== 1) {
      throw new InputError(
        `${name}: expected ${layer.inputs} inputs, found a map of ${input.join('x')}; put a flatten before it`,
      );
    }
    return [1, 1, layer.outputs];
  }
  const { inChannels, outChannels } = layer;
  const window = windowOfLayer(layer);
  if (input[2] !== inChannels) {
    throw new InputError(
      `${name}: expected ${inChannels} input channels, found a map of ${input.join('x')}; correct the architecture`,
    );
  }
  const shape: MapShape = [placesOf(input[0], window, 0), placesOf(input[1], window, 1), outChannels];
  if (shape[0] >= 1 && shape[1] >= 1) return shape;
  throw new InputError(
    `${name}: expected a map of at least ${smallestMap(window).join(' x ')}, found ${input.join('x')}; pool less`,
  );
}
