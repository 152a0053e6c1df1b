/**
 * @file From bit words to spike lists, and the census.
 * collect: one task = one image, step and row of the pooled map; per position the channels of +1 spikes over the window,
 * then those of -1 spikes; the lists of a row lie close together.
 * census: one task = one image and step; sums spikes, and spikes times fan-out.
 */
import { f64, f64x2, i32, type Local, type ModuleBuilder } from '../../kernels/assembler/assembler.ts';
import { QUEUE_FIELDS, reader } from './descriptor.ts';

const queue = reader(QUEUE_FIELDS);
type Integer = Local<'i32'>;

/** Exports `collect(task, lane, descriptor)`. */
export function defineCollect(builder: ModuleBuilder): void {
  builder.define('collect', ['i32', 'i32', 'i32'], 'none', (f, task, _lane, at) => {
    const y = f.local('i32', i32.rem_u(task, queue(at, 'mapHeight')));
    const rest = f.local('i32', i32.div_u(task, queue(at, 'mapHeight')));
    const step = f.local('i32', i32.rem_u(rest, queue(at, 'stepsNow')));
    const image = f.local('i32', i32.div_u(rest, queue(at, 'stepsNow')));
    const moment = f.local('i32', i32.add(i32.mul(image, queue(at, 'steps')), step));
    const [x, dy, dx, list, entry, word, words, end, bit, base] = f.locals(10, 'i32') as [
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
    const rowIndex = f.local(
      'i32',
      i32.mul(i32.add(i32.mul(moment, queue(at, 'mapHeight')), y), queue(at, 'mapWidth')),
    );
    f.set(list, i32.add(queue(at, 'lists'), i32.mul(rowIndex, queue(at, 'slotBytes'))));
    f.set(entry, i32.add(queue(at, 'entries'), i32.shl(rowIndex, 4)));
    f.for(x, 0, queue(at, 'mapWidth'), 1, () => {
      f.do(i32.store(entry, list));
      for (const half of [0, 4]) {
        f.for(dy, 0, pool, 1, () =>
          f.for(dx, 0, pool, 1, () => {
            const sourceRow = i32.mul(i32.add(i32.mul(y, pool), dy), queue(at, 'sourceWidth'));
            const position = i32.add(sourceRow, i32.add(i32.mul(x, pool), dx));
            const index = i32.add(i32.mul(moment, queue(at, 'sourcePositions')), position);
            f.set(words, i32.add(queue(at, 'masks'), i32.shl(i32.mul(index, queue(at, 'blocks')), 3)));
            f.set(end, i32.add(words, i32.shl(queue(at, 'blocks'), 3)));
            f.set(base, 0);
            f.while(i32.lt_u(words, end), () => {
              f.set(word, i32.load(words, half));
              f.while(word, () => {
                f.set(bit, i32.add(base, i32.ctz(word)));
                f.do(i32.store16(list, bit));
                f.advance(list, 2);
                f.set(word, i32.and(word, i32.sub(word, 1)));
              });
              f.advance(base, 32);
              f.advance(words, 8);
            });
          }),
        );
        f.do(i32.store(entry, list, 4 + half));
      }
      f.advance(entry, 16);
    });
  });
}

/** Exports `census(task, lane, masks, positions, blocks, fanOut, totals)`; totals: [images * steps, 2] f64, written. */
export function defineCensus(builder: ModuleBuilder): void {
  const parameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  builder.define('census', parameters, 'none', (f, task, _lane, masks, positions, blocks, fanOut, totals) => {
    const [word, end, last, count] = f.locals(4, 'i32') as [Integer, Integer, Integer, Integer];
    const sums = f.local('v128', f64x2.splat(0));
    const positionBytes = f.local('i32', i32.shl(blocks, 3));
    f.set(word, i32.add(masks, i32.mul(i32.mul(task, positions), positionBytes)));
    f.set(last, i32.add(word, i32.mul(positions, positionBytes)));
    f.while(i32.lt_u(word, last), () => {
      f.set(end, i32.add(word, positionBytes));
      f.set(count, 0);
      f.while(i32.lt_u(word, end), () => {
        const pair = i32.add(i32.popcnt(i32.load(word)), i32.popcnt(i32.load(word, 4)));
        f.set(count, i32.add(count, pair));
        f.advance(word, 8);
      });
      const spikes = f64.convert_i32_s(count);
      const both = f64x2.replace_lane(f64x2.splat(spikes), 1, f64.mul(spikes, f64.load(fanOut)));
      f.set(sums, f64x2.add(sums, both));
      f.advance(fanOut, 8);
    });
    const to = f.local('i32', i32.add(totals, i32.shl(task, 4)));
    f.do(f64.store(to, f64x2.extract_lane(sums, 0)), f64.store(to, f64x2.extract_lane(sums, 1), 8));
  });
}
