/**
 * @file One layer in float32: for each output position and step the current of a block, up to 32 channels, four to a
 * register, is gathered in registers and goes straight into the membrane.
 */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { fire, leak, remember, resetToZero, trace } from './fire.ts';
import { burst, release, rest } from './fire-several.ts';
import { gatherDepthwise, gatherIdentity, gatherPixels, gatherProduct, gatherSpikes } from './gather.ts';
import { BLOCK_BYTES, Mode } from './layouts/layer.ts';
import { accumulate, countOverload, type Membrane } from './membrane.ts';
import { preload } from './preload.ts';
import { isKind, layer } from './reader.ts';
import {
  eachGroup,
  isLastStep,
  keepOverload,
  type Part,
  recordAt,
  scanBlock,
  setPotentialsBefore,
  type Visit,
} from './scan.ts';

const FIRING = [
  [Mode.fire, fire],
  [Mode.accumulate, accumulate],
  [Mode.trace, trace],
  [Mode.resetToZero, resetToZero],
  [Mode.leak, leak],
  [Mode.remember, remember],
  [Mode.burst, burst],
  [Mode.rest, rest],
  [Mode.release, release],
] as const;

export function floatBlock(f: FunctionBuilder, registers: number, part: Part): void {
  const { at } = part;
  const sums = f.locals(registers, 'v128');
  const [from, theta, up, down, lossDown, mask, overload, sent, address, mode] = f.locals(10, 'i32');
  const addresses = { from, theta, up, down, lossDown, mask, overload, sent };
  preload(f, part, registers * 16);
  scanBlock(f, part, BLOCK_BYTES, (now) => {
    const keep = (field: 'currents' | 'membranes', value: (r: number) => Expression<'v128'>): void =>
      f.if(layer(at, field), () => {
        f.set(address, recordAt(at, now, field));
        f.do(...sums.map((_, r) => v128.store(address, value(r), r * 16)));
      });
    for (const [r, sum] of sums.entries()) f.set(sum, v128.load(now.base, r * 16));
    gather(f, part, now, sums);
    keep('currents', (r) => sums[r]!);
    f.if(layer(at, 'fires'), () => {
      const membrane = membraneAt(f, part, now, sums, addresses);
      f.set(mode, layer(at, 'fires'));
      f.if(i32.ne(mode, Mode.accumulate), () =>
        countOverload(
          f,
          membrane,
          (r) => sums[r]!,
          (r) => v128.load(membrane.theta, r * 16),
        ),
      );
      for (const [own, act] of FIRING) f.if(i32.eq(mode, own), () => act(f, membrane));
      keep('membranes', (r) => v128.load(now.v, r * 16));
    });
  });
  f.if(layer(at, 'fires'), () => keepOverload(f, part, overload));
}

/** sums += the currents of all groups of synapses. */
function gather(
  f: FunctionBuilder,
  { at, block, image }: Part,
  now: Visit,
  sums: readonly Local<'v128'>[],
): void {
  eachGroup(f, at, (group) => {
    const target = { ...now, sums, block, image, steps: layer(at, 'steps'), group };
    f.if(isKind(group, 'spikes'), () => gatherSpikes(f, target));
    f.if(isKind(group, 'identity'), () => gatherIdentity(f, target, layer(at, 'words')));
    f.if(isKind(group, 'depthwise'), () => gatherDepthwise(f, target, layer(at, 'words')));
    f.if(isKind(group, 'pixels'), () => gatherPixels(f, target));
    f.if(isKind(group, 'product'), () => gatherProduct(f, target, layer(at, 'endStep')));
  });
}

/** Where the block's potentials, thresholds and masks are at this position and step. */
function membraneAt(
  f: FunctionBuilder,
  { at, block }: Part,
  now: Visit,
  sums: readonly Local<'v128'>[],
  addresses: Omit<Membrane, 'sums' | 'to' | 'limit' | 'lowest' | 'start' | 'isLast'>,
): Membrane {
  const { from, sent, mask } = addresses;
  setPotentialsBefore(f, at, now, from);
  for (const field of ['theta', 'up', 'down', 'lossDown'] as const)
    f.set(addresses[field], i32.add(layer(at, field), now.blockByte));
  f.set(sent, i32.add(layer(at, 'sent'), i32.sub(now.v, layer(at, 'v'))));
  const word = i32.add(i32.mul(now.index, layer(at, 'words')), block);
  f.set(mask, i32.add(layer(at, 'masks'), i32.shl(i32.mul(word, layer(at, 'planes')), 2)));
  const limits = { limit: layer(at, 'limit'), lowest: layer(at, 'lowest') };
  const start = i32.add(layer(at, 'start'), now.blockByte);
  return { ...addresses, sums, to: now.v, ...limits, start, isLast: isLastStep(at, now) };
}
