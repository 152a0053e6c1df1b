/** @file A deterministic team: no program of any fast kernel holds an instruction of relaxed SIMD, whatever the runtime could do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import type { TeamOptions } from '../../src/memory/team.ts';

/** The bytes of f32x4.relaxed_madd, prefix fd and LEB128 of 0x105. */
const RELAXED_MADD = [0xfd, 0x85, 0x02];

/** The modules that the kernels load when a small convolution, a matrix product and an update have been run. */
function programs(options: TeamOptions): Uint8Array[] {
  const heap = new Heap();
  const loaded: Uint8Array[] = [];
  class Spy extends LocalTeam {
    override load(bytes: Uint8Array<ArrayBuffer>): ReturnType<LocalTeam['load']> {
      loaded.push(bytes);
      return super.load(bytes);
    }
  }
  const kernels = createSimdKernels(heap, new Spy(heap, options));
  const array = (length: number): Float32Array => heap.f32(heap.allocate(4 * length), length).fill(0.5);
  kernels.gemm(array(64), array(64), array(64), {
    m: 8,
    n: 8,
    k: 8,
    transposeA: false,
    transposeB: false,
  });
  return loaded;
}

const holds = (bytes: Uint8Array): boolean =>
  bytes.some((_, i) => RELAXED_MADD.every((byte, k) => bytes[i + k] === byte));

test('a deterministic team loads no fused multiply-add; another does where the runtime has it', () => {
  const sure = programs({ deterministic: true });
  assert.ok(sure.length > 3);
  assert.ok(!sure.some(holds));
  assert.equal(programs({}).some(holds), hasRelaxedSimd);
});
