/**
 * @file One layer on the int8 grid: int8 weights, up to 64 channels in eight registers of int16, potentials in int32.
 */
import { type FunctionBuilder, i32, v128 } from '../../../kernels/assembler/assembler.ts';
import { quadsOf } from './integer-block.ts';
import { fireInteger } from './integer-fire.ts';
import { gatherDepthwise, gatherIdentity, gatherSpikes } from './integer-gather.ts';
import { INTEGER_BLOCK_BYTES } from './layouts/layer.ts';
import { preload } from './preload.ts';
import { isKind, layer } from './reader.ts';
import { eachGroup, keepOverload, type Part, recordAt, scanBlock } from './scan.ts';

export function integerBlock(f: FunctionBuilder, registers: number, part: Part): void {
  const { at, lane } = part;
  const quads = quadsOf(registers);
  const [overload, current, address] = f.locals(3, 'i32');
  f.set(current, i32.add(layer(at, 'scratch'), i32.mul(lane, INTEGER_BLOCK_BYTES)));
  preload(f, part, registers * 8);
  scanBlock(f, part, INTEGER_BLOCK_BYTES, (now) => {
    const own = { part, now, current, registers };
    f.do(...quads.map((q) => v128.store(current, v128.load(now.base, q), q)));
    eachGroup(f, at, (groupAt) => {
      f.if(
        isKind(groupAt, 'spikes'),
        () => gatherSpikes(f, own, groupAt),
        () =>
          f.if(
            isKind(groupAt, 'depthwise'),
            () => gatherDepthwise(f, own, groupAt),
            () => gatherIdentity(f, own, groupAt),
          ),
      );
    });
    f.if(layer(at, 'currents'), () => {
      f.set(address, recordAt(at, now, 'currents'));
      f.do(...quads.map((q) => v128.store(address, v128.load(current, q), q)));
    });
    f.if(layer(at, 'fires'), () => fireInteger(f, own, overload));
  });
  f.if(layer(at, 'fires'), () => keepOverload(f, part, overload));
}
