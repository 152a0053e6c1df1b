/** @file The plain engines and the spike queue. */
import { type Fault, fault } from './fault.ts';

const ORACLE = ['laws/oracle.test.ts'];
const ENGINES = ['snn/engines.test.ts'];
const PROOF = ['proof/laws/trace-layer.test.ts'];
const REFERENCE = 'src/snn/engines/reference-engine.ts';
const PLAIN = 'src/snn/engines/plain-event-engine.ts';
const QUEUE = 'src/snn/spike-queue.ts';
const POPULATION = 'src/snn/engines/population.ts';
const TAPS = 'src/kernels/conv2d/taps.ts';
const TALLY = 'src/snn/tally.ts';
const RUN = 'src/snn/engines/plain-run.ts';
const SIMD = 'src/snn/simd';
const WHOLE = ['snn/any-network.test.ts'];

export const ENGINE_FAULTS: readonly Fault[] = [
  fault(
    'bias dropped at one step',
    RUN,
    't < tally.steps, (from)',
    't < tally.steps && t !== 1, (from)',
    'oracle',
    ORACLE,
  ),
  fault(
    'whole currents rounded to even ones (plain engines)',
    'src/snn/grid.ts',
    'Math.abs(x) >= ALL_WHOLE ? x : ',
    '',
    'any network',
    WHOLE,
  ),
  fault(
    'whole currents rounded to even ones (SIMD)',
    'src/snn/simd/program/to-grid.ts',
    'v128.bitselect(x, rounded, whole)',
    'v128.bitselect(rounded, rounded, whole)',
    'any network',
    WHOLE,
  ),
  fault('one step short', RUN, 't < steps; t++', 't < steps - 1; t++', 'oracle', ORACLE),
  fault('a tap beyond the border', TAPS, 'x < 0 || x >= width', 'x < 0 || x > width', 'oracle', ORACLE),
  fault('rows and columns confused', TAPS, 'visit(y * width + x,', 'visit(y * height + x,', 'oracle', ORACLE),
  fault(
    'negative spikes not subtracted',
    REFERENCE,
    'weight[row + own + c]! * sign',
    'weight[row + own + c]!',
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
    'events = reference',
    ENGINES,
  ),
  fault('mean over T instead of t', TALLY, '= sum / step;', '= sum / this.steps;', 'L18', ORACLE),
  fault(
    'overload counts theta itself',
    POPULATION,
    'Math.abs(Math.fround(received(i))) > most',
    'Math.abs(Math.fround(received(i))) >= most',
    'L9',
    PROOF,
  ),
  fault(
    'sign lost in the queue',
    QUEUE,
    'inPlane(s[at + c]!, plane)',
    'inPlane(Math.abs(s[at + c]!), plane)',
    'oracle',
    ORACLE,
  ),
  fault(
    'a window stays in its first column',
    'src/snn/windows.ts',
    'x * stride[1] - padding[2]',
    '-padding[2]',
    'oracle',
    ORACLE,
  ),
  fault(
    'queue forgets the last channel',
    QUEUE,
    'c < sent[2]; c++',
    'c < sent[2] - 1; c++',
    'oracle',
    ORACLE,
  ),
  fault('a burst is one spike', 'src/snn/planes.ts', 'highest === 1', 'highest >= 1', 'oracle', ORACLE),
  fault('negative spikes added', PLAIN, ' -= weight[from + c]!', ' += weight[from + c]!', 'oracle', ORACLE),
  fault(
    'SIMD queue: positive channels twice',
    `${SIMD}/program/collect.ts`,
    "i32.add(i32.add(queue(at, 'masks'), plane), i32.mul",
    "i32.add(queue(at, 'masks'), i32.mul",
    'oracle',
    ORACLE,
  ),
  fault(
    'SIMD: window not moved',
    `${SIMD}/program/source.ts`,
    'i32.mul(x, sizes.windowStrideX)',
    'x',
    'oracle',
    ORACLE,
  ),
];
