/**
 * @file The firing rules of neurons that send several spikes at once: s = the number of k = 1..burst with m >= k * theta,
 * the first m > theta if strict; v = m - theta * s; a word of masks for each k.
 */
import {
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  i32,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { burst as burstNeuron } from '../../neurons/burst.ts';
import { rest as restNeuron } from '../../neurons/rest.ts';
import type { FireRule } from '../../step.ts';
import { keepBits } from './bits.ts';
import type { Membrane } from './membrane.ts';

export function burst(f: FunctionBuilder, membrane: Membrane): void {
  fireSeveral(f, membrane, burstNeuron.rule);
}

export function rest(f: FunctionBuilder, membrane: Membrane): void {
  fireSeveral(f, membrane, restNeuron.rule);
}

/** What a rest-coded neuron sends after it has all its input. */
export function release(f: FunctionBuilder, membrane: Membrane): void {
  fireSeveral(f, membrane, restNeuron.settling!.emission!);
}

function fireSeveral(
  f: FunctionBuilder,
  { sums, from, to, theta, mask }: Membrane,
  { burst, strict }: FireRule,
): void {
  const words = f.locals(burst!, 'i32');
  const [m, height, threshold, loss, fired] = f.locals(5, 'v128');
  for (const word of words) f.set(word, 0);
  sums.forEach((current, r) => {
    f.set(m, f32x4.add(v128.load(from, r * 16), current));
    f.set(height, v128.load(theta, r * 16));
    f.set(loss, f32x4Constant(0));
    words.forEach((word, k) => {
      f.set(threshold, k === 0 ? height : f32x4.mul(height, f32x4Constant(k + 1)));
      f.set(fired, k === 0 && strict ? f32x4.gt(m, threshold) : f32x4.ge(m, threshold));
      keepBits(f, word, fired, r * 4);
      f.set(loss, v128.bitselect(threshold, loss, fired));
    });
    f.do(v128.store(to, f32x4.sub(m, loss), r * 16));
  });
  f.do(...words.map((word, k) => i32.store(mask, word, k * 4)));
}
