/** @file The neuron, the tracer and the emission. */
import { type Fault, fault } from './fault.ts';

const T1 = ['laws/t01-conservation.test.ts'];
const T4 = ['laws/t04-constant-current.test.ts'];
const T10 = ['laws/t10-multi-spike.test.ts'];
const T19 = ['laws/t19-tleaky-relu.test.ts'];
const RULES = ['snn/neuron-rules.test.ts'];
const T21 = ['laws/t21-rest-coding.test.ts'];
const T16 = ['laws/t16-tracer.test.ts'];
const T17 = ['laws/t17-accumulate-then-fire.test.ts'];
const NEURON = 'src/snn/neuron.ts';
const TRACER = 'src/snn/tracer.ts';
const ACCUMULATE = 'src/snn/accumulate.ts';

export const NEURON_FAULTS: readonly Fault[] = [
  fault('> instead of >= above', NEURON, ': m >= up', ': m > up', 'T4', T4),
  fault('< instead of <= below', NEURON, 'm <= -Math.fround', 'm < -Math.fround', 'T6', [
    'laws/t06-odd-symmetry.test.ts',
  ]),
  fault('hard reset', NEURON, 'v: m - takenOff(s, theta, rule) }', 'v: s === 0 ? m : 0 }', 'T1', T1),
  fault(
    'reset on one sign only',
    NEURON,
    'v: m - takenOff(s, theta, rule) }',
    'v: m - takenOff(Math.max(s, 0), theta, rule) }',
    'T1',
    T1,
  ),
  fault(
    'resets by phi instead of theta',
    NEURON,
    'v: m - takenOff(s, theta, rule) }',
    'v: m - rule.phiUp * takenOff(s, theta, rule) }',
    'T1',
    T1,
  ),
  fault(
    'reset to zero keeps what is above theta',
    NEURON,
    "=== 'zero') return { s, v: 0 }",
    "=== 'zero') return { s, v: m - theta }",
    'reset to zero',
    RULES,
  ),
  fault('memory owes a spike', NEURON, 'sent <= 0', 'sent < 0', 'memory', RULES),
  fault('memory never takes back', NEURON, 'sent <= 0', 'sent >= 0', 'memory', RULES),
  fault('memory forgets', NEURON, '!(rule.memory && sent <= 0)', 'theta > 0', 'memory', RULES),
  fault('memory is not told what was sent', 'src/snn/population.ts', 'rule, sent[i]!)', 'rule)', 'oracle', [
    'laws/oracle.test.ts',
    'snn/engines.test.ts',
  ]),
  fault(
    'a burst of one spike too many',
    NEURON,
    'k < (rule.burst ?? 1)',
    'k <= (rule.burst ?? 1)',
    'T10',
    T10,
  ),
  fault('a burst stops at > k theta', NEURON, 'm >= Math.fround((k', 'm > Math.fround((k', 'T10', T10),
  fault(
    'a burst takes off theta once',
    NEURON,
    '(rule.lossDown ?? 1) : s)',
    '(rule.lossDown ?? 1) : Math.min(s, 1))',
    'T10',
    T10,
  ),
  fault('rest speaks at theta', NEURON, 'rule.strict ? m > up :', 'rule.strict ? m >= up :', 'T21', T21),
  fault('leaky gives back theta only', NEURON, '(rule.lossDown ?? 1)', '1', 'T19', T19),
  fault('leaky fires at -theta', NEURON, 'phiDown: 1 / a,', 'phiDown: 1,', 'T19', T19),
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
    'unipolar: { phiUp: 1, phiDown: Number.POSITIVE_INFINITY',
    'unipolar: { phiUp: 1, phiDown: 1',
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
  fault('emission in rest coding sends one a slot', ACCUMULATE, "neuron === 'rest'", 'sent < 0', 'T17', T17),
  fault('emission in rest coding is strict', ACCUMULATE, 'strict: false', 'strict: true', 'T17', T17),
  fault('emission has T - 1 slots', ACCUMULATE, 't < slots; t++', 't < slots - 1; t++', 'T17', T17),
];
