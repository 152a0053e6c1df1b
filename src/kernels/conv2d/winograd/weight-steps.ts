/**
 * @file Between weights and points: w -> U and dU -> dw, eight or four out channels at a time.
 */
import {
  defineFunction,
  i32,
  type ModuleBuilder,
  type NamedCall,
  select,
} from '../../assembler/assembler.ts';
import { PANEL, panelBytes, STEP_BYTES } from '../../gemm/panel.ts';
import type { Transforms } from './transforms.ts';

const WEIGHTS = [
  'head',
  'w',
  'tapStride', // bytes from tap to tap
  'inStride', // and from in channel to in channel
  'u',
  'pointU',
  'ins',
  'outs',
] as const;
const WEIGHT_GRADIENTS = [
  'head',
  'du',
  'strideU',
  'pointU',
  'dw',
  'tapStride',
  'inStride',
  'ins',
  'outs',
] as const;

export type Weights = NamedCall<(typeof WEIGHTS)[number]>;
export type WeightGradients = NamedCall<(typeof WEIGHT_GRADIENTS)[number]>;

/**
 * In channels whose weights are transformed for all out channels before the next: their rows, far apart in w, are then still in
 * the second-level cache when the next out channels are read from them, and a line of U is written whole.
 */
const IN_BLOCK = 8;

export function defineWeights(
  builder: ModuleBuilder,
  transform: Transforms['weights'],
  temporaryAt: number,
): Weights {
  return defineFunction(builder, 'weights', WEIGHTS, (f, p) => {
    const { tapStride, inStride, pointU, ins, outs } = p;
    const temporary = f.let(i32.add(p.head, temporaryAt));
    const [first, count, left, w, panel, u, stepTo] = f.locals(7, 'i32');
    const strides = { strideFrom: tapStride, stepFrom: inStride, strideTo: pointU, stepTo };
    const sizes = { ...strides, count, temporary };
    f.for(first, 0, ins, IN_BLOCK, () => {
      f.set(count, i32.sub(ins, first));
      f.set(count, i32.min_s(count, IN_BLOCK));
      f.set(w, i32.add(p.w, i32.mul(first, inStride)));
      f.set(panel, p.u);
      f.set(left, outs);
      f.while(i32.gt_s(left, 0), () => {
        const both = i32.gt_s(left, PANEL / 2);
        f.set(stepTo, select('i32', STEP_BYTES, STEP_BYTES / 2, both));
        f.set(u, i32.add(panel, i32.mul(first, stepTo)));
        f.do(transform({ from: w, to: u, ...sizes }));
        f.if(both, () => f.do(transform({ from: i32.add(w, 16), to: i32.add(u, 16), ...sizes })));
        f.advance(panel, panelBytes(ins));
        f.advance(w, STEP_BYTES);
        f.advance(left, -PANEL);
      });
    });
  });
}

export function defineWeightGradients(
  builder: ModuleBuilder,
  transform: Transforms['weightGradient'],
  temporaryAt: number,
): WeightGradients {
  return defineFunction(builder, 'weight gradients', WEIGHT_GRADIENTS, (f, p) => {
    const { du, dw, outs } = p;
    const temporary = f.let(i32.add(p.head, temporaryAt));
    const from = { from: du, strideFrom: p.pointU, stepFrom: p.strideU };
    const to = { to: dw, strideTo: p.tapStride, stepTo: p.inStride };
    f.while(i32.gt_s(outs, 0), () => {
      f.do(transform({ ...from, ...to, count: p.ins, temporary }));
      f.advance(du, 16);
      f.advance(dw, 16);
      f.advance(outs, -4);
    });
  });
}
