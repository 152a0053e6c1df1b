/** @file The SIMD engine, the schedules, early stop and int8. */
import { type Fault, fault } from './fault.ts';

const T16 = ['laws/t16-tracer.test.ts'];
const T17 = ['laws/t17-accumulate-then-fire.test.ts'];
const ORACLE = ['laws/oracle.test.ts'];
const LANES = ['laws/task-order.test.ts'];
const STOP = ['snn/early-stop.test.ts'];
const INT8 = ['snn/quantise.test.ts'];
const POPULATION = 'src/snn/population.ts';
const RUN = 'src/snn/plain-run.ts';
const SIMD = 'src/snn/simd';

export const SIMD_FAULTS: readonly Fault[] = [
  fault(
    'SIMD: > instead of >=',
    `${SIMD}/fire.ts`,
    'f32x4.ge(m, v128.load(membrane.up',
    'f32x4.gt(m, v128.load(membrane.up',
    'oracle',
    ORACLE,
  ),
  fault('SIMD: < instead of <=', `${SIMD}/fire.ts`, 'f32x4.le(m', 'f32x4.lt(m', 'oracle', ORACLE),
  fault(
    'SIMD: reset on one sign only',
    `${SIMD}/fire.ts`,
    'v128.and(minus, height)',
    'v128.and(minus, v128.xor(height, height))',
    'oracle',
    ORACLE,
  ),
  fault(
    'SIMD: negative spikes added',
    `${SIMD}/gather.ts`,
    '[end, f32x4.sub]',
    '[end, f32x4.add]',
    'oracle',
    ORACLE,
  ),
  fault(
    'SIMD: v0 at every step',
    `${SIMD}/scan.ts`,
    "layer(at, 'initial'), i32.eqz(now.t)",
    "layer(at, 'initial'), i32.ge_s(now.t, 0)",
    'oracle',
    ORACLE,
  ),
  fault(
    "a worker's rows run twice",
    `${SIMD}/scan.ts`,
    "f.set(endY, i32.add(y, layer(at, 'rowsPerTask')))",
    "f.set(endY, i32.add(i32.add(y, layer(at, 'rowsPerTask')), 1))",
    'lanes',
    LANES,
  ),
  fault(
    'last block read at full width',
    `${SIMD}/pack.ts`,
    'const width = Math.min(blocks.width, blocks.padded - first);',
    'const width = blocks.width;',
    'lanes',
    LANES,
  ),
  fault(
    'layered: one step short',
    `${SIMD}/simulator.ts`,
    'this.#advance(count, Math.min(window, steps - from));',
    'this.#advance(count, Math.max(1, Math.min(window, steps - from) - 1));',
    'oracle',
    ORACLE,
  ),
  fault(
    'streaming: every window starts at v0',
    `${SIMD}/simulator.ts`,
    'this.#put(memory.descriptor, { initial: 0 })',
    'this.#put(memory.descriptor, { initial: 1 })',
    'oracle',
    ORACLE,
  ),
  fault(
    'settling: bias for one step more',
    RUN,
    't < tally.steps, (from)',
    't <= tally.steps, (from)',
    'T16',
    T16,
  ),
  fault(
    'settling: stops after one step',
    RUN,
    'while (advance(run, t) > 0) t++;',
    'advance(run, t);',
    'T16',
    T16,
  ),
  fault(
    'emission starts at 0',
    POPULATION,
    'thresholdOf(population, i) / 2',
    'thresholdOf(population, i) * 0',
    'T17',
    T17,
  ),
  fault(
    'emission before the last input',
    POPULATION,
    'for (const current of currents) v[i]!',
    'for (const current of currents.slice(1)) v[i]!',
    'T17',
    T17,
  ),
  fault(
    'tracer limit of another T',
    RUN,
    'createPopulation(network, layer, options.steps)',
    'createPopulation(network, layer, options.steps + 1)',
    'T16',
    T16,
  ),
  fault(
    'SIMD tracer: sends T + 1',
    `${SIMD}/fire.ts`,
    'v128.load(sent, r * 16), limit)',
    'v128.load(sent, r * 16), f32x4.add(limit, one))',
    'T16',
    T16,
  ),
  fault(
    'SIMD tracer: forgets what it took back',
    `${SIMD}/fire.ts`,
    'f32x4.sub(v128.and(plus, one), v128.and(minus, one))',
    'v128.and(plus, one)',
    'T16',
    T16,
  ),
  fault(
    'SIMD emission: v0 of the streaming neuron',
    `${SIMD}/lay-out.ts`,
    'settling ? 0.5 : network.initialPotential, 0',
    'network.initialPotential, 0',
    'T17',
    T17,
  ),
  fault(
    'early stop: one step too few left',
    'src/snn/early-stop.ts',
    '(steps - t) * worst',
    '(steps - t - 1) * worst',
    'early stop',
    STOP,
  ),
  fault(
    'early stop: spikes are never negative',
    'src/snn/early-stop.ts',
    "=== 'unipolar' ? 0 : -1",
    "=== 'unipolar' ? 0 : 0",
    'early stop',
    STOP,
  ),
  fault(
    'int8: negative spikes added',
    `${SIMD}/integer-kernel.ts`,
    '[limit, i16x8.sub]',
    '[limit, i16x8.add]',
    'int8 = dense',
    INT8,
  ),
  fault(
    'int8: sums overflow int16',
    `${SIMD}/integer-kernel.ts`,
    'const CHUNK = 512;',
    'const CHUNK = 2048;',
    'int8 = dense',
    INT8,
  ),
  fault(
    'int8: > instead of >=',
    `${SIMD}/integer-kernel.ts`,
    'i32x4.ge_s(m',
    'i32x4.gt_s(m',
    'int8 = dense',
    INT8,
  ),
];
