/**
 * @file From bit words to spike lists, and the census.
 * collect: one task = one image and row of the pooled map; per position and step the channels of +1 spikes over the window,
 * then those of -1 spikes; the lists of a row lie close together.
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
} from '../../kernels/assembler/assembler.ts';
import { QUEUE_FIELDS, reader } from './descriptor.ts';

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
export function defineCollect(builder: ModuleBuilder): void {
  builder.define('collect', ['i32', 'i32', 'i32'], 'none', (f, task, _lane, at) => {
    const y = f.local('i32', i32.rem_u(task, queue(at, 'mapHeight')));
    const image = f.local('i32', i32.div_u(task, queue(at, 'mapHeight')));
    const base = f.local('v128');
    const [x, t, dy, dx, list, entry, word, words, end, bits] = f.locals(10, 'i32') as [
      Integer,
      Integer,
      Integer,
      Integer,
      Integer,
      Integer,
      Integer,
      Integer,
      Integer,
      Integer,
    ];
    const pool = queue(at, 'pool');
    const steps = f.local('i32', queue(at, 'steps'));
    const row = i32.mul(i32.add(i32.mul(image, queue(at, 'mapHeight')), y), queue(at, 'mapWidth'));
    const first = f.local('i32', i32.mul(row, steps));
    f.set(list, i32.add(queue(at, 'lists'), i32.mul(first, queue(at, 'slotBytes'))));
    f.for(x, 0, queue(at, 'mapWidth'), 1, () => {
      f.set(entry, i32.add(queue(at, 'entries'), i32.shl(i32.add(first, i32.mul(x, steps)), 4)));
      f.for(t, 0, queue(at, 'stepsNow'), 1, () => {
        f.do(i32.store(entry, list));
        for (const half of [0, 4]) {
          f.for(dy, 0, pool, 1, () =>
            f.for(dx, 0, pool, 1, () => {
              const sourceRow = i32.mul(i32.add(i32.mul(y, pool), dy), queue(at, 'sourceWidth'));
              const position = i32.add(sourceRow, i32.add(i32.mul(x, pool), dx));
              const neuron = i32.add(i32.mul(image, queue(at, 'sourcePositions')), position);
              const index = i32.add(i32.mul(neuron, steps), t);
              f.set(words, i32.add(queue(at, 'masks'), i32.shl(i32.mul(index, queue(at, 'blocks')), 3)));
              f.set(end, i32.add(words, i32.shl(queue(at, 'blocks'), 3)));
              f.set(base, i16x8.splat(0));
              f.while(i32.lt_u(words, end), () => {
                f.set(word, i32.load(words, half));
                // eight channels at a time: their places come from a table, so there is nothing to guess wrong
                for (let byte = 0; byte < 4; byte++) {
                  f.set(bits, i32.and(i32.shr_u(word, byte * 8), 255));
                  const places = v128.load(i32.add(queue(at, 'places'), i32.shl(bits, 4)));
                  f.do(v128.store(list, i16x8.add(places, base)));
                  f.advance(list, i32.shl(i32.popcnt(bits), 1));
                  f.set(base, i16x8.add(base, i16x8.splat(8)));
                }
                f.advance(words, 8);
              });
            }),
          );
          f.do(i32.store(entry, list, 4 + half));
        }
        f.advance(entry, 16);
      });
    });
  });
}

/**
 * Exports `census(task, lane, masks, positions, blocks, steps, stepsNow, fanOut, totals)`; totals: [images, steps, 2] f64,
 * written for the first stepsNow.
 */
export function defineCensus(builder: ModuleBuilder): void {
  const parameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  builder.define(
    'census',
    parameters,
    'none',
    (f, task, _lane, masks, positions, blocks, steps, stepsNow, fanOut, totals) => {
      const [word, end, last, count, t, total] = f.locals(6, 'i32') as [
        Integer,
        Integer,
        Integer,
        Integer,
        Integer,
        Integer,
      ];
      const positionBytes = f.local('i32', i32.mul(i32.shl(blocks, 3), steps));
      const first = f.local('i32', i32.add(totals, i32.shl(i32.mul(task, steps), 4)));
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
          f.set(end, i32.add(word, i32.shl(blocks, 3)));
          f.set(count, 0);
          f.while(i32.lt_u(word, end), () => {
            const pair = i32.add(i32.popcnt(i32.load(word)), i32.popcnt(i32.load(word, 4)));
            f.set(count, i32.add(count, pair));
            f.advance(word, 8);
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
