/**
 * @file A matrix product at every point: M = V U, and dU = V^T W.
 */
import { defineFunction, i32, type ModuleBuilder, type NamedCall } from '../../assembler/assembler.ts';
import type { Block } from '../../gemm/block.ts';
import { panelBytes } from '../../gemm/panel.ts';

const PRODUCTS = [
  'v',
  'strideV',
  'pointV',
  'u',
  'pointU',
  'm',
  'strideM',
  'pointM',
  'tiles',
  'ins',
  'outs',
  'accumulate', // not 0: adds to M
] as const;
const GRADIENTS = [
  'v',
  'strideV',
  'pointV',
  'w',
  'strideW',
  'pointW',
  'du',
  'strideU',
  'pointU',
  'tiles',
  'ins',
  'outs',
  'accumulate', // not 0: adds to dU
] as const;

export type Products = NamedCall<(typeof PRODUCTS)[number]>;
export type Gradients = NamedCall<(typeof GRADIENTS)[number]>;

/** Tiles per product in a weight gradient: their rows of V and W fit the first-level cache. */
const GRADIENT_STEPS = 96;

export function defineProducts(builder: ModuleBuilder, points: number, byRows: Block): Products {
  return defineFunction(builder, 'products', PRODUCTS, (f, p) => {
    const { v, u, m, tiles, ins, outs } = p;
    const point = f.local('i32');
    const strideB = f.let(panelBytes(ins));
    const sizes = { m: tiles, n: outs, k: ins, strideA: p.strideV, strideB, strideC: p.strideM };
    f.for(point, 0, points, 1, () => {
      f.do(byRows({ a: v, b: u, c: m, ...sizes, accumulate: p.accumulate, spare: 0 }));
      f.advance(v, p.pointV);
      f.advance(u, p.pointU);
      f.advance(m, p.pointM);
    });
  });
}

export function defineGradients(builder: ModuleBuilder, points: number, byColumns: Block): Gradients {
  return defineFunction(builder, 'gradients', GRADIENTS, (f, p) => {
    const { v, strideV, w, strideW, du, strideU, tiles, ins, outs } = p;
    const [point, t, count] = f.locals(3, 'i32');
    const sizes = { m: ins, n: outs, k: count, strideA: strideV, strideB: strideW, strideC: strideU };
    f.for(point, 0, points, 1, () => {
      f.for(t, 0, tiles, GRADIENT_STEPS, () => {
        f.set(count, i32.sub(tiles, t));
        f.set(count, i32.min_s(count, GRADIENT_STEPS));
        const [a, b] = [i32.add(v, i32.mul(t, strideV)), i32.add(w, i32.mul(t, strideW))];
        f.do(byColumns({ a, b, c: du, ...sizes, accumulate: i32.or(p.accumulate, t), spare: 0 }));
      });
      f.advance(v, p.pointV);
      f.advance(w, p.pointW);
      f.advance(du, p.pointU);
    });
  });
}
