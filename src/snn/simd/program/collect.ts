/**
 * @file From bit words to spike lists, and the census.
 * collect: one task = one image and row of the pooled map; per step the spikes of all positions, level by level (+1, then -1), each as
 * column * channels + channel (over a window: that of the pooled column).
 * census: one task = one image; sums spikes, and spikes times fan-out.
 */
import {
  f64,
  f64x2,
  i16x8,
  i32,
  type Local,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { QUEUE_FIELDS, reader } from './descriptor.ts';
import type { Kernel } from './jobs.ts';

const queue = reader(QUEUE_FIELDS);
type Integer = Local<'i32'>;

/** [256, 8] uint16: for each byte the places of its ones. */
export function bytePlaces(): Uint16Array<ArrayBuffer> {
  const places = new Uint16Array(256 * 8);
  for (let byte = 0; byte < 256; byte++) {
    let at = byte * 8;
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) places[at++] = bit;
  }
  return places;
}

/** Exports `collect(task, lane, descriptor)`. */
export function defineCollect(builder: ModuleBuilder): Kernel {
  return builder.define('collect', ['i32', 'i32', 'i32'], 'none', (f, row, _lane, at) => {
    const y = f.let(i32.rem_u(row, queue(at, 'mapHeight')));
    const image = f.let(i32.div_u(row, queue(at, 'mapHeight')));
    const [width, steps, pool, blocks] = (['mapWidth', 'steps', 'pool', 'blocks'] as const).map((field) =>
      f.let(queue(at, field)),
    ) as [Integer, Integer, Integer, Integer];
    const channels = f.let(queue(at, 'channels'));
    const planeBytes = f.let(i32.shl(queue(at, 'planes'), 2));
    const lineBytes = f.let(i32.mul(blocks, planeBytes));
    const places = f.let(queue(at, 'places'));
    const base = f.local('v128');
    const [x, t, dy, dx, word, words, end, bits, plane] = f.locals(9, 'i32');
    const first = f.let(i32.add(i32.mul(row, steps), queue(at, 'firstStep')));
    const list = f.let(i32.add(queue(at, 'lists'), i32.mul(i32.mul(first, width), queue(at, 'slotBytes'))));
    const entry = f.let(
      i32.add(queue(at, 'entries'), i32.mul(i32.mul(first, i32.add(width, 1)), planeBytes)),
    );
    f.for(t, queue(at, 'firstStep'), queue(at, 'endStep'), 1, () => {
      f.set(plane, 0);
      f.while(i32.lt_u(plane, planeBytes), () => {
        f.for(x, 0, width, 1, () => {
          f.do(i32.store(entry, list));
          f.advance(entry, 4);
          f.for(dy, 0, pool, 1, () =>
            f.for(dx, 0, pool, 1, () => {
              const sourceRow = i32.mul(i32.add(i32.mul(y, pool), dy), queue(at, 'sourceWidth'));
              const position = i32.add(sourceRow, i32.add(i32.mul(x, pool), dx));
              const neuron = i32.add(i32.mul(image, queue(at, 'sourcePositions')), position);
              const index = i32.add(i32.mul(neuron, steps), t);
              f.set(words, i32.add(i32.add(queue(at, 'masks'), plane), i32.mul(index, lineBytes)));
              f.set(end, i32.add(words, lineBytes));
              f.set(base, i16x8.splat(i32.mul(x, channels)));
              f.while(i32.lt_u(words, end), () => {
                f.set(word, i32.load(words));
                // eight channels at a time: their places come from a table, so there is nothing to guess wrong
                for (let byte = 0; byte < 4; byte++) {
                  f.set(bits, i32.and(i32.shr_u(word, byte * 8), 255));
                  const ones = v128.load(i32.add(places, i32.shl(bits, 4)));
                  f.do(v128.store(list, i16x8.add(ones, base)));
                  f.advance(list, i32.shl(i32.popcnt(bits), 1));
                  f.set(base, i16x8.add(base, i16x8.splat(8)));
                }
                f.advance(words, planeBytes);
              });
            }),
          );
        });
        f.do(i32.store(entry, list));
        f.advance(entry, 4);
        f.advance(plane, 4);
      });
    });
  });
}

/**
 * Exports `census(task, lane, masks, positions, words, steps, stepsNow, fanOut, totals)`; words: of masks at one position and
 * step; totals: [images, steps, 2] f64, written for the first stepsNow.
 */
export function defineCensus(builder: ModuleBuilder): Kernel {
  const parameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  return builder.define(
    'census',
    parameters,
    'none',
    (f, task, _lane, masks, positions, words, steps, stepsNow, fanOut, totals) => {
      const [word, end, last, count, t, total] = f.locals(6, 'i32');
      const positionBytes = f.let(i32.mul(i32.shl(words, 2), steps));
      const first = f.let(i32.add(totals, i32.shl(i32.mul(task, steps), 4)));
      f.set(total, first);
      f.for(t, 0, stepsNow, 1, () => {
        f.do(v128.store(total, f64x2.splat(0)));
        f.advance(total, 16);
      });
      f.set(masks, i32.add(masks, i32.mul(i32.mul(task, positions), positionBytes)));
      f.set(last, i32.add(masks, i32.mul(positions, positionBytes)));
      f.while(i32.lt_u(masks, last), () => {
        f.set(word, masks);
        f.set(total, first);
        f.for(t, 0, stepsNow, 1, () => {
          f.set(end, i32.add(word, i32.shl(words, 2)));
          f.set(count, 0);
          f.while(i32.lt_u(word, end), () => {
            f.advance(count, i32.popcnt(i32.load(word)));
            f.advance(word, 4);
          });
          const spikes = f64.convert_i32_s(count);
          const both = f64x2.replace_lane(f64x2.splat(spikes), 1, f64.mul(spikes, f64.load(fanOut)));
          f.do(v128.store(total, f64x2.add(v128.load(total), both)));
          f.advance(total, 16);
        });
        f.advance(fanOut, 8);
        f.advance(masks, positionBytes);
      });
    },
  );
}
