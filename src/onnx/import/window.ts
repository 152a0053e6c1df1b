/**
 * @file Windows of convolutions and pools: kernel, stride, dilation and border from a node's attributes, automatic borders and
 * rounding up included.
 */
import type { Border, Pair } from '../../nn/architecture.ts';
import { type Call, int, ints, text } from './call.ts';
import { refuse } from './place.ts';

export interface NodeWindow {
  readonly window: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Border;
  /** Rows and columns below and on the right that only rounding up adds. */
  readonly extra: Pair;
  /** Places of the window. */
  readonly places: Pair;
}

/** @param size of the map: rows, columns */
export function windowOf(call: Call, size: Pair, window: Pair): NodeWindow {
  const pair = (name: string): Pair => {
    const found = ints(call, name) ?? [1, 1];
    if (found.length === 2 && found.every((n) => Number.isInteger(n) && n >= 1))
      return [found[0]!, found[1]!];
    return refuse(
      call.place,
      `expected two ${name} from 1 on, found ${found.join(', ')}`,
      'use a two-dimensional layer',
    );
  };
  const [stride, dilation] = [pair('strides'), pair('dilations')];
  const reach = [0, 1].map((i) => dilation[i]! * (window[i]! - 1) + 1) as unknown as Pair;
  const padding = paddingOf(call, size, reach, stride);
  const ceiling = int(call, 'ceil_mode', 0) === 1;
  const places = [0, 1].map((i) => {
    const [before, behind] = [padding[2 * i]!, padding[2 * i + 1]!];
    const free = (size[i]! + before + behind - reach[i]!) / stride[i]!;
    const rounded = (ceiling ? Math.ceil(free) : Math.floor(free)) + 1;
    // A window that would begin behind the map and its first border is left out.
    return ceiling && (rounded - 1) * stride[i]! >= size[i]! + before ? rounded - 1 : rounded;
  }) as unknown as Pair;
  const extra = [0, 1].map((i) => {
    const needed = (places[i]! - 1) * stride[i]! + reach[i]!;
    return Math.max(0, needed - size[i]! - padding[2 * i]! - padding[2 * i + 1]!);
  }) as unknown as Pair;
  if (places.every((n) => n >= 1)) return { window, stride, dilation, padding, extra, places };
  return refuse(
    call.place,
    `a window of ${reach.join('x')} finds no place on a map of ${size.join('x')}`,
    'use larger images, or fewer pools and strides',
  );
}

/** The file writes [top, left, bottom, right]. */
function paddingOf(call: Call, size: Pair, reach: Pair, stride: Pair): Border {
  const automatic = text(call, 'auto_pad', 'NOTSET');
  if (automatic === 'VALID') return [0, 0, 0, 0];
  if (automatic === 'NOTSET') {
    const pads = ints(call, 'pads') ?? [0, 0, 0, 0];
    if (pads.length !== 4 || !pads.every((n) => Number.isInteger(n) && n >= 0))
      return refuse(
        call.place,
        `expected four pads from 0 on, found ${pads.join(', ')}`,
        'use a border of zeros or none',
      );
    return [pads[0]!, pads[2]!, pads[1]!, pads[3]!];
  }
  if (automatic !== 'SAME_UPPER' && automatic !== 'SAME_LOWER')
    return refuse(
      call.place,
      `auto_pad ${automatic} is unknown`,
      'use NOTSET, VALID, SAME_UPPER or SAME_LOWER',
    );
  const sides = [0, 1].flatMap((i) => {
    const places = Math.ceil(size[i]! / stride[i]!);
    const total = Math.max(0, (places - 1) * stride[i]! + reach[i]! - size[i]!);
    const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
    return automatic === 'SAME_UPPER' ? [less, more] : [more, less];
  });
  return sides as unknown as Border;
}

/** Two sizes of a kernel from a list. */
export function pairOf(call: Call, found: readonly number[] | undefined, what: string): Pair {
  if (found?.length === 2 && found.every((n) => Number.isInteger(n) && n >= 1)) return [found[0]!, found[1]!];
  return refuse(
    call.place,
    `expected two sizes of the ${what}, found ${found?.join('x') || 'none'}`,
    'use a two-dimensional layer: maps of one row for signals',
  );
}
