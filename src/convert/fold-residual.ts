/**
 * @file The sum of a residual block: the currents of body and shortcut flow into the same neurons.
 */
import { InputError } from '../errors.ts';
import { NO_BORDER } from '../nn/map-window.ts';
import { evenParts } from './even-parts.ts';
import {
  type Current,
  type CurrentPart,
  channelsOf,
  type LayerOutput,
  type SpikePart,
  type Summand,
} from './layer-output.ts';

/** @throws InputError when the two have different shapes, or a batch norm is left on an identity */
export function foldResidual(layer: string, bodyOutput: LayerOutput, shortcutOutput: LayerOutput): Current {
  const [body, shortcut] = [asCurrent(layer, bodyOutput), asCurrent(layer, shortcutOutput)];
  if (body.shape.join() !== shortcut.shape.join()) {
    throw new InputError(
      `${layer}: expected body and shortcut of one shape, found ${body.shape.join('x')} and ${shortcut.shape.join('x')}; correct the architecture`,
    );
  }
  if (body.maxPool || shortcut.maxPool)
    throw new InputError(
      `${layer}: a max pool (${(body.maxPool ?? shortcut.maxPool)!.name}) right before a residual sum cannot be converted; put an activation before the pool`,
    );
  const ends = [...new Set([...endsOf(body), ...endsOf(shortcut)])].sort((a, b) => a - b);
  const [ours, theirs] = [cutAt(layer, body, ends), cutAt(layer, shortcut, ends)];
  return {
    ...body,
    flat: body.flat || shortcut.flat,
    parts: ours.map(({ summands, bias }, i) => ({
      summands: [...summands, ...theirs[i]!.summands],
      bias: bias.map((b, c) => b + theirs[i]!.bias[c]!),
    })),
    names: [...body.names, ...shortcut.names, layer],
  };
}

/** The channel at which each part ends. */
function endsOf({ parts }: Current): number[] {
  let end = 0;
  return parts.map(({ bias }) => (end += bias.length));
}

/** The same current in finer parts. */
function cutAt(layer: string, current: Current, ends: readonly number[]): CurrentPart[] {
  let first = 0;
  const pieces: CurrentPart[] = [];
  for (const part of current.parts) {
    const last = first + part.bias.length;
    let begin = 0;
    for (const end of ends.filter((one) => one > first && one <= last)) {
      pieces.push(outputsOf(layer, part, begin, end - first));
      begin = end - first;
    }
    first = last;
  }
  if (pieces.reduce((sum, { bias }) => sum + bias.length, 0) !== channelsOf(current))
    throw new Error(`${layer}: parts of a current that do not end where they should`);
  return pieces;
}

/** Output channels begin .. end - 1 of a part. */
function outputsOf(layer: string, part: CurrentPart, begin: number, end: number): CurrentPart {
  const outputs = part.bias.length;
  if (begin === 0 && end === outputs) return part;
  const picked = <T extends Float64Array | Float32Array<ArrayBufferLike>>(values: T): T =>
    values.filter((_, i) => i % outputs >= begin && i % outputs < end) as T;
  const summands = part.summands.map((one): Summand => {
    if (one.kind === 'identity' || one.groups > 1)
      throw new InputError(
        `${layer}: ${one.kind === 'identity' ? 'an identity' : 'groups'} beside a concatenation of currents cannot be converted; end the concatenation's branches in activations, or put a 1x1 convolution there`,
      );
    return { ...one, weight: picked(one.weight), original: one.original && picked(one.original) };
  });
  return { summands, bias: part.bias.slice(begin, end) };
}

/** Spikes that reach the sum without weights arrive through an identity. */
function asCurrent(layer: string, output: LayerOutput): Current {
  if (output.kind === 'current') return output;
  const { parts, shape, affine, names } = output;
  if (affine) {
    throw new InputError(
      `${layer}: a batch norm (${affine.names.join(' ')}) before an identity shortcut cannot be folded; put a 1x1 convolution there`,
    );
  }
  return {
    kind: 'current',
    parts: parts.map((part) => ({
      summands: identities(layer, part),
      bias: new Float64Array(part.map[2]),
    })),
    shape,
    maxPool: null,
    flat: false,
    names,
  };
}

/** With a border of zeros around it, or a share, it is each channel by itself through one weight. */
function identities(layer: string, part: SpikePart): Summand[] {
  if (part.rows && part.map[0] * part.map[1] > 1)
    throw new InputError(
      `${layer}: a vector as an identity shortcut cannot be converted; put a weight layer there`,
    );
  return evenParts(part).map((even) => identity(even.part, even.share));
}

function identity({ from, maxPool, pool, map, border, filled }: SpikePart, share: number): Summand {
  const one = [1, 1] as const;
  const plain = { from, maxPool, pool, original: null, kernel: one, stride: one, dilation: one };
  if (share === 1 && border.every((side) => side === 0))
    return { kind: 'identity', ...plain, padding: NO_BORDER, weight: new Float64Array(0), groups: 1 };
  return {
    kind: 'conv2d',
    ...plain,
    padding: border,
    weight: new Float64Array(map[2]).fill(share),
    groups: map[2],
    ...(filled !== 0 && { filled: { value: filled, map } }),
  };
}
