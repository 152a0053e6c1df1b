import { defineFunction, i32, type ModuleBuilder, type NamedCall } from '../../assembler/assembler.ts';
import type { Block } from '../../gemm/block.ts';
import { K_BLOCK } from '../../gemm/module.ts';
import { filledColumns, panelBytes } from '../../gemm/panel.ts';

const PRODUCT = ['a', 'packed', 'c', 'm', 'n', 'k', 'strideA', 'strideC', 'spare'] as const;

/** C[m, n] = A[m, k] B, block by block of k. Packed B: [k blocks][panels]. */
export type Product = NamedCall<(typeof PRODUCT)[number]>;

export function defineProduct(builder: ModuleBuilder, byRows: Block): Product {
  return defineFunction(builder, 'product', PRODUCT, (f, p) => {
    const { packed, n, k } = p;
    const [k0, steps] = f.locals(2, 'i32');
    const width = f.let(filledColumns(n));
    f.for(k0, 0, k, K_BLOCK, () => {
      f.set(steps, i32.min_s(i32.sub(k, k0), K_BLOCK));
      const a = i32.add(p.a, i32.shl(k0, 2));
      const b = i32.add(packed, i32.shl(i32.mul(k0, width), 2));
      f.do(byRows({ ...p, a, b, k: steps, strideB: panelBytes(steps), accumulate: k0 }));
    });
  });
}
