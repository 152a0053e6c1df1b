/** @file The neuron, the tracer and the emission. */
import { type Fault, fault } from './fault.ts';

const T1 = ['laws/t01-conservation.test.ts'];
const T4 = ['laws/t04-constant-current.test.ts'];
const T16 = ['laws/t16-tracer.test.ts'];
const T17 = ['laws/t17-accumulate-then-fire.test.ts'];
const NEURON = 'src/snn/neuron.ts';
const TRACER = 'src/snn/tracer.ts';
const ACCUMULATE = 'src/snn/accumulate.ts';

export const NEURON_FAULTS: readonly Fault[] = [
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
];
