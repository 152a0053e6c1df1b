/**
 * @file Spikes as a map of numbers, for a matrix product: per image and frame what each position of the (pooled) source map
 * sends, the sum over the window of s. A frame is one step, or all of them: then the numbers are counts.
 */
import {
  defineTask,
  type Expression,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { loadFields, map } from './reader.ts';
import { divide, eachPlace, sourceIndex, windowColumns, windowRows, windowSizes } from './source.ts';

/** What becomes of the spikes of eight channels of a place. */
interface Sum {
  /** None yet. */
  clear(): void;
  /** Those of one plane, which are these bits. */
  combine(bits: Expression<'i32'>, operation: 'add' | 'sub'): void;
  /** To the map, from channel c on. */
  write(c: Local<'i32'>): void;
}

/** Writes the sums of one row of the map: all its places, eight channels at a time. */
function sumRow(
  f: FunctionBuilder,
  at: Local<'i32'>,
  { frame, y }: { readonly frame: Local<'i32'>; readonly y: Local<'i32'> },
  sum: Sum,
): void {
  const [x, row, column, c, plane, bits, step] = f.locals(7, 'i32');
  const { rest: frameOfImage, quotient: image } = divide(f, frame, map(at, 'now'));
  const together = f.let(map(at, 'together'));
  const t = f.let(i32.mul(frameOfImage, together));
  const { channels, planes } = loadFields(f, map, at, ['channels', 'planes'] as const);
  const sizes = windowSizes(f, map, at);
  const steps = f.let(map(at, 'steps'));
  const wordBytes = f.let(i32.shl(planes, 2));
  const stepBytes = f.let(i32.mul(map(at, 'words'), wordBytes));
  const positives = f.let(i32.shl(map(at, 'positives'), 2));
  const combinePlane = (operation: 'add' | 'sub'): void => {
    sum.combine(i32.load8_u(i32.add(bits, plane)), operation);
    f.advance(plane, 4);
  };
  const rows = windowRows(f, sizes, y);
  f.for(x, 0, map(at, 'mapWidth'), 1, () => {
    const columns = windowColumns(f, sizes, x);
    f.for(c, 0, channels, 8, () => {
      sum.clear();
      eachPlace(f, { row, column }, rows, columns, () => {
        const offset = i32.mul(sourceIndex({ row, column }, { image, t, steps }, sizes), stepBytes);
        const byte = i32.add(i32.mul(i32.shr_u(c, 5), wordBytes), i32.and(i32.shr_u(c, 3), 3));
        f.set(bits, i32.add(i32.add(map(at, 'masks'), offset), byte));
        f.for(step, 0, together, 1, () => {
          f.set(plane, 0);
          f.while(i32.lt_u(plane, positives), () => combinePlane('add'));
          f.while(i32.lt_u(plane, wordBytes), () => combinePlane('sub'));
          f.advance(bits, stepBytes);
        });
      });
      sum.write(c);
    });
  });
}

/** Exports `spikeMap(task, lane, map)`, in float32; one task = one image, frame and row of the pooled map. */
export function defineSpikeMap(builder: ModuleBuilder): void {
  defineTask(builder, 'spikeMap', ['map'], (f, { task, map: at }) => {
    const [low, high] = f.locals(2, 'v128');
    const { rest: y, quotient: frame } = divide(f, task, map(at, 'mapHeight'));
    const { channels, table } = loadFields(f, map, at, ['channels', 'table'] as const);
    const rowFloats = i32.mul(i32.mul(task, map(at, 'mapWidth')), channels);
    const to = f.let(i32.add(map(at, 'map'), i32.shl(rowFloats, 2)));
    sumRow(
      f,
      at,
      { frame, y },
      {
        clear() {
          f.set(low, f32x4Constant(0));
          f.set(high, f32x4Constant(0));
        },
        combine(bits, operation) {
          const values = f.let(i32.add(table, i32.shl(bits, 5)));
          f.set(low, f32x4[operation](low, v128.load(values)));
          f.set(high, f32x4[operation](high, v128.load(values, 16)));
        },
        write(c) {
          f.do(v128.store(to, low));
          f.advance(to, 16);
          f.if(i32.gt_s(i32.sub(channels, c), 4), () => {
            f.do(v128.store(to, high));
            f.advance(to, 16);
          });
        },
      },
    );
  });
}

/**
 * Exports `byteMap(task, lane, map)`: bytes, each as much higher as the map's `silent` says, so that none is below 0 and none carries
 * into the next; with a border that is silent. One task = one image, frame and row of the map with its border.
 */
export function defineByteMap(builder: ModuleBuilder): void {
  defineTask(builder, 'byteMap', ['map'], (f, { task, map: at }) => {
    const [low, high, end] = f.locals(3, 'i32');
    const names = ['channels', 'table', 'silent', 'border', 'mapWidth', 'mapHeight'] as const;
    const { channels, table, silent, border, mapWidth, mapHeight } = loadFields(f, map, at, names);
    const around = f.let(i32.shl(border, 1));
    const { rest: padded, quotient: frame } = divide(f, task, i32.add(mapHeight, around));
    const y = f.let(i32.sub(padded, border));
    const rowBytes = f.let(i32.mul(i32.add(mapWidth, around), channels));
    const to = f.let(i32.add(map(at, 'map'), i32.mul(task, rowBytes)));
    /** Bytes of silence. */
    const fill = (bytes: Expression<'i32'>): void => {
      f.set(end, i32.add(to, bytes));
      f.while(i32.lt_u(to, end), () => store(silent));
    };
    const store = (four: Local<'i32'>): void => {
      f.do(i32.store(to, four));
      f.advance(to, 4);
    };
    f.if(
      i32.lt_u(y, mapHeight), // above the map it is below 0, and unsigned larger than any height
      () => {
        fill(i32.mul(border, channels));
        sumRow(
          f,
          at,
          { frame, y },
          {
            clear() {
              f.set(low, silent);
              f.set(high, silent);
            },
            combine(bits, operation) {
              const values = f.let(i32.add(table, i32.shl(bits, 3)));
              f.set(low, i32[operation](low, i32.load(values)));
              f.set(high, i32[operation](high, i32.load(values, 4)));
            },
            write(c) {
              store(low);
              f.if(i32.gt_s(i32.sub(channels, c), 4), () => store(high));
            },
          },
        );
        fill(i32.mul(border, channels));
      },
      () => fill(rowBytes),
    );
  });
}
