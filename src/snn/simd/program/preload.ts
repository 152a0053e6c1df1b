/**
 * @file Brings a block's weights into the core's cache line after line, which the memory does far faster than the gather's
 * scattered rows; worth it only when many rows will be read.
 */
import { type FunctionBuilder, i32, v128 } from '../../../kernels/assembler/assembler.ts';
import { group, isKind, layer } from './reader.ts';
import { blockWeights, entryBytes, rowEntry } from './row-list.ts';
import { eachGroup, type Part } from './scan.ts';

/** Bytes of a cache line. */
const LINE = 64;

/** Only the tasks of the first image: the others find the weights there. rowBytes: of one input's weights. */
export function preload(f: FunctionBuilder, part: Part, rowBytes: number): void {
  const { at, block, image, rows } = part;
  const [entry, bytes, weights, end] = f.locals(4, 'i32');
  f.if(i32.eqz(image), () => {
    eachGroup(f, at, (groupAt) => {
      f.if(isKind(groupAt, 'spikes'), () => {
        // the lists of the task's first row lie end to end
        const lists = i32.mul(layer(at, 'width'), layer(at, 'steps'));
        const first = i32.mul(i32.mul(rows, layer(at, 'rowsPerTask')), lists);
        f.set(entry, rowEntry(groupAt, first));
        f.set(end, i32.sub(i32.add(lists, layer(at, 'endStep')), i32.add(layer(at, 'steps'), 1)));
        const begin = i32.load(i32.add(entry, entryBytes(layer(at, 'firstStep'))));
        f.set(bytes, i32.sub(i32.load(i32.add(entry, entryBytes(end)), 8), begin));
        const taps = i32.mul(group(groupAt, 'kernelHeight'), group(groupAt, 'kernelWidth'));
        const inputs = i32.mul(taps, group(groupAt, 'inChannels'));
        // two bytes a row, in each of the task's rows of the map
        f.if(i32.gt_u(i32.mul(bytes, layer(at, 'rowsPerTask')), inputs), () => {
          f.set(weights, blockWeights(groupAt, block));
          f.set(end, i32.add(weights, i32.mul(inputs, rowBytes)));
          f.while(i32.lt_u(weights, end), () => {
            f.drop(v128.load(weights));
            f.advance(weights, LINE);
          });
        });
      });
    });
  });
}
