/** @file All groups of the kernel suite, one after the other. */
import type { Context } from './context.ts';
import { convolutionGroup } from './convolution-group.ts';
import { elementwiseGroup } from './elementwise-group.ts';
import type { KernelFigures } from './figures.ts';
import { gemmGroup } from './gemm-group.ts';
import { memoryGroup } from './memory-group.ts';
import { networkGroup } from './network-group.ts';

export async function kernelSuite(context: Context): Promise<KernelFigures> {
  const gemm = await gemmGroup(context);
  const elementwise = await elementwiseGroup(context);
  const networks = await networkGroup(context);
  const convolutions = await convolutionGroup(context);
  const memory = await memoryGroup(context);
  return {
    ceilingGflops: gemm.ceiling,
    rows: [...gemm.rows, ...elementwise, ...networks, ...convolutions],
    memory,
  };
}
