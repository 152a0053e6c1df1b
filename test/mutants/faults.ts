/**
 * @file Faults as data. Each is one change to one line of the program and the tests that must notice it; `find` must occur
 * exactly once in its file. A fault that nothing notices is a law that nobody wrote.
 */

export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The law, or the promise, that it breaks. */
  readonly law: string;
  /** Test files, below test/. */
  readonly tests: readonly string[];
}

const T1 = ['laws/t01-conservation.test.ts'];
const T4 = ['laws/t04-constant-current.test.ts'];
const T16 = ['laws/t16-tracer.test.ts'];
const T17 = ['laws/t17-accumulate-then-fire.test.ts'];
const T18 = ['laws/t18-commutations.test.ts'];
const ORACLE = ['laws/oracle.test.ts'];
const LANES = ['laws/task-order.test.ts'];
const ENGINES = ['snn/engines.test.ts'];
const STOP = ['snn/early-stop.test.ts'];
const INT8 = ['snn/quantise.test.ts'];
const PROOF = ['proof/trace.test.ts'];
const CERTIFICATE = ['proof/certificate.test.ts'];

const fault = (
  name: string,
  file: string,
  find: string,
  replace: string,
  law: string,
  tests: readonly string[],
): Fault => ({ name, file, find, replace, law, tests });

const NEURON = 'src/snn/neuron.ts';
const TRACER = 'src/snn/tracer.ts';
const ACCUMULATE = 'src/snn/accumulate.ts';
const NORM = 'src/convert/fold-batch-norm.ts';
const DENSE = 'src/snn/dense-engine.ts';
const PLAIN = 'src/snn/plain-event-engine.ts';
const QUEUE = 'src/snn/spike-queue.ts';
const POPULATION = 'src/snn/population.ts';
const GEOMETRY = 'src/snn/geometry.ts';
const TALLY = 'src/snn/tally.ts';
const RUN = 'src/snn/plain-run.ts';
const SIMD = 'src/snn/simd';

export const FAULTS: readonly Fault[] = [
  // neuron
  fault('> instead of >= above', NEURON, 'm >= rule', 'm > rule', 'T4', T4),
  fault('< instead of <= below', NEURON, 'm <= -rule', 'm < -rule', 'T6', ['laws/t06-odd-symmetry.test.ts']),
  fault('hard reset', NEURON, 'v: m - theta * s }', 'v: s === 0 ? m : 0 }', 'T1', T1),
  fault('reset on one sign only', NEURON, 'v: m - theta * s }', 'v: m - theta * Math.max(s, 0) }', 'T1', T1),
  fault(
    'resets by phi instead of theta',
    NEURON,
    'v: m - theta * s }',
    'v: m - rule.phiUp * theta * s }',
    'T1',
    T1,
  ),
  fault('the membrane leaks', NEURON, 'm = v + current', 'm = v * 0.96875 + current', 'T1', T1),
  fault(
    'full fires early below',
    NEURON,
    'full: { phiUp: 1, phiDown: 1 }',
    'full: { phiUp: 1, phiDown: 0.5 }',
    'T2',
    ['laws/t02-invariant.test.ts', 'laws/t06-odd-symmetry.test.ts'],
  ),
  fault(
    'half fires late below',
    NEURON,
    'half: { phiUp: 0.5, phiDown: 0.5 }',
    'half: { phiUp: 0.5, phiDown: 1 }',
    'T7',
    ['laws/t07-half.test.ts'],
  ),
  fault(
    'unipolar sends negative spikes',
    NEURON,
    'phiDown: Number.POSITIVE_INFINITY',
    'phiDown: 1',
    'T4',
    T4,
  ),
  fault('tracer misses a tie', TRACER, 'q >= theta && sent', 'q > theta && sent', 'T16', T16),
  fault(
    'tracer sends T + 1',
    TRACER,
    'q >= theta && sent < limit',
    'q >= theta && sent <= limit',
    'T16',
    T16,
  ),
  fault(
    'tracer never takes back',
    TRACER,
    'q < 0 && sent > -limit ?',
    'q < -theta && sent > -limit ?',
    'T16',
    T16,
  ),
  fault('emission truncates', ACCUMULATE, 'v = theta / 2 + total', 'v = total', 'T17', T17),
  fault('emission has T - 1 slots', ACCUMULATE, 't < slots; t++', 't < slots - 1; t++', 'T17', T17),
  // folding and thresholds
  fault('epsilon forgotten', NORM, 'variance[c]! + layer.epsilon)', 'variance[c]!)', 'T18', T18),
  fault('running mean added', NORM, 'b - mean[c]! * scale[c]!', 'b + mean[c]! * scale[c]!', 'T18', T18),
  fault('bias not scaled by the batch norm', NORM, 'b * affine.scale[c]! + ', 'b + ', 'T18', T18),
  fault('shift of a batch norm ahead lost', NORM, 'weight[i]! * affine.shift[input]!', '0', 'T18', T18),
  fault('scale of the wrong input', NORM, 'Math.floor(i / outputs) % inputs', 'i % inputs', 'T18', T18),
  fault(
    'two batch norms composed backwards',
    NORM,
    'shift + second.scale[c]! * first.shift[c]!',
    'shift + first.shift[c]!',
    'T18',
    T18,
  ),
  fault('pool divides once', 'src/convert/fold-pool.ts', '/ (window * window)', '/ window', 'T18', T18),
  fault('pool keeps the stride', 'src/convert/fold-pool.ts', 'stride: stride * window', 'stride', 'T18', T18),
  fault('shortcut bias lost', 'src/convert/walk.ts', 'b + shortcut.bias[c]!', 'b', 'T18', T18),
  fault('theta of either sign', 'src/convert/parameters.ts', 'count), Math.abs)', 'count))', 'T18', T18),
  fault(
    'strelu starts at theta/2',
    'src/convert/recipes/strelu.ts',
    "=== 'tracer' ? 0.5 : 0",
    "=== 'tracer' ? 0.5 : 0.5",
    'T11',
    ['laws/t11-initial-potential.test.ts'],
  ),
  fault(
    'theta of the wrong layer',
    GEOMETRY,
    ': network.layers[from]!.theta;',
    ': network.layers[0]!.theta;',
    'T18',
    [...T18, ...ORACLE],
  ),
  fault('pooled charge divided once', GEOMETRY, '/ (pool * pool)', '/ pool', 'T18', T18),
  // engines
  fault(
    'bias dropped at one step',
    RUN,
    't < tally.steps, (from)',
    't < tally.steps && t !== 1, (from)',
    'oracle',
    ORACLE,
  ),
  fault('one step short', RUN, 't < options.steps; t++', 't < options.steps - 1; t++', 'oracle', ORACLE),
  fault(
    'a tap beyond the border',
    GEOMETRY,
    'inX < 0 || inX >= map[1]',
    'inX < 0 || inX > map[1]',
    'oracle',
    ORACLE,
  ),
  fault(
    'rows and columns confused',
    GEOMETRY,
    'visit(inY * map[1] + inX,',
    'visit(inY * map[0] + inX,',
    'oracle',
    ORACLE,
  ),
  fault(
    'negative spikes not subtracted',
    DENSE,
    'weight[row + i * channels + c]! * sign',
    'weight[row + i * channels + c]!',
    'oracle',
    ORACLE,
  ),
  fault('v0 forgotten', POPULATION, '* network.initialPotential', '* 0', 'oracle', ORACLE),
  fault(
    'theta of channel 0 for all',
    POPULATION,
    'theta.length > 1 ? i % shape[2] : 0',
    '0 * (theta.length + i + shape[2])',
    'oracle',
    ORACLE,
  ),
  fault(
    'm not rounded to float32',
    POPULATION,
    'Math.fround(v[i]! + current[i]!)',
    'v[i]! + current[i]!',
    'dense = event',
    ENGINES,
  ),
  fault('mean over T instead of t', TALLY, '= sum / step;', '= sum / this.steps;', 'T18', ORACLE),
  fault(
    'overload counts theta itself',
    POPULATION,
    'Math.abs(current[i]!) > theta',
    'Math.abs(current[i]!) >= theta',
    'T9',
    PROOF,
  ),
  // queue
  fault('sign lost in the queue', QUEUE, '=== 1 - 2 * half', '!== 0', 'oracle', ORACLE),
  fault(
    'pooled spike counted twice',
    QUEUE,
    '+ x * pool + dx) * source[2]',
    '+ x * pool) * source[2]',
    'oracle',
    ORACLE,
  ),
  fault(
    'queue forgets the last channel',
    QUEUE,
    'c < source[2]; c++',
    'c < source[2] - 1; c++',
    'oracle',
    ORACLE,
  ),
  fault('negative spikes added', PLAIN, ' -= weight[from + c]!', ' += weight[from + c]!', 'oracle', ORACLE),
  fault(
    'SIMD queue: positive channels twice',
    `${SIMD}/collect.ts`,
    'of [0, 4])',
    'of [0, 0])',
    'oracle',
    ORACLE,
  ),
  fault(
    'SIMD queue: window not moved',
    `${SIMD}/collect.ts`,
    'i32.add(i32.mul(x, pool), dx)',
    'i32.mul(x, pool)',
    'oracle',
    ORACLE,
  ),
  // SIMD engine and schedules
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
    `${SIMD}/layer-memory.ts`,
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
  // proof
  fault(
    'conservation forgets v0',
    'src/proof/conservation.ts',
    'sumCurrent[i]! + v0[i]! - potential[i]!',
    'sumCurrent[i]! - potential[i]!',
    'T1',
    PROOF,
  ),
  fault(
    'count law without its premise',
    'src/proof/count-law.ts',
    'maxAbsCurrent[i]! > height ||',
    'maxAbsCurrent[i]! > 2 * height ||',
    'T7',
    PROOF,
  ),
  fault(
    'certificate asks for half the gap',
    'src/proof/certificate.ts',
    'gaps[c]! + rounding',
    'gaps[c]! / 2 + rounding',
    'T15',
    CERTIFICATE,
  ),
  fault(
    'intervals look at one end',
    'src/proof/intervals.ts',
    'Math.abs(rate - clip(mean[i]! + reach))',
    '0',
    'T15',
    ['laws/t15-measured-bound.test.ts'],
  ),
  fault('a ball loses its radius', 'src/proof/ball.ts', 'radii, radius)', 'radii, 0)', 'T14', CERTIFICATE),
  fault(
    'certificate forgets the ball',
    'src/proof/certificate.ts',
    'options.ball ?? 0',
    '0',
    'T14',
    CERTIFICATE,
  ),
  fault(
    'exact law with the theta of one neuron',
    'src/proof/exact-law.ts',
    'const theta = layer.theta[i]!',
    'const theta = wiring[0]!.theta[0]!',
    'T16',
    PROOF,
  ),
  fault(
    'quantised full rounds down',
    'src/proof/quantised.ts',
    'Math.trunc(q)',
    'Math.floor(q)',
    'oracle',
    ORACLE,
  ),
  fault(
    'signed weights in a bound',
    'src/proof/wiring.ts',
    'absolute ? weight.map(Math.abs) : weight',
    'weight',
    'T14',
    ['laws/t14-propagated-bound.test.ts'],
  ),
  fault(
    'W_T forgets the current',
    'src/proof/trace.ts',
    'bound + size - theta[i]!',
    'bound - theta[i]!',
    'T15',
    ['laws/t15-measured-bound.test.ts'],
  ),
];
