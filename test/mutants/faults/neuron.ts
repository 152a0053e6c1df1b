/** @file The neuron, the tracer and the emission. */
import { type Fault, fault } from './fault.ts';

const L1 = ['laws/l01-conservation.test.ts'];
const L4 = ['laws/l04-constant-current.test.ts'];
const L10 = ['laws/l10-multi-spike.test.ts'];
const L19 = ['laws/l19-tleaky-relu.test.ts'];
const RULES = ['snn/neuron-rules.test.ts'];
const L21 = ['laws/l21-rest-coding.test.ts'];
const L16 = ['laws/l16-tracer.test.ts'];
const PAGE_TESTS = ['snn/neurons/pages.test.ts'];
const L17 = ['laws/l17-accumulate-then-fire.test.ts'];
const NEURON = 'src/snn/step.ts';
const PAGES = 'src/snn/neurons';
const TRACER = `${PAGES}/tracer.ts`;
const ACCUMULATE = 'src/snn/accumulate.ts';

export const NEURON_FAULTS: readonly Fault[] = [
  fault('> instead of >= above', NEURON, ': m >= up', ': m > up', 'L4', L4),
  fault('< instead of <= below', NEURON, ': m <= down', ': m < down', 'L6', [
    'laws/l06-odd-symmetry.test.ts',
  ]),
  fault('hard reset', NEURON, 'v: m - takenOff(s, theta, rule) }', 'v: s === 0 ? m : 0 }', 'L1', L1),
  fault(
    'reset on one sign only',
    NEURON,
    'v: m - takenOff(s, theta, rule) }',
    'v: m - takenOff(Math.max(s, 0), theta, rule) }',
    'L1',
    L1,
  ),
  fault(
    'resets by phi instead of theta',
    NEURON,
    'v: m - takenOff(s, theta, rule) }',
    'v: m - rule.phiUp * takenOff(s, theta, rule) }',
    'L1',
    L1,
  ),
  fault(
    'reset to zero keeps what is above theta',
    NEURON,
    "=== 'zero') return { s, v: 0 }",
    "=== 'zero') return { s, v: m - theta }",
    'reset to zero',
    RULES,
  ),
  fault('memory owes a spike', `${PAGES}/memory.ts`, 'least: 0', 'least: -1', 'memory', RULES),
  fault('memory never takes back', NEURON, 'sent > least * steps', 'sent < least * steps', 'memory', RULES),
  fault(
    'memory forgets',
    NEURON,
    '(least === undefined || sent > least * steps)',
    '(least === undefined || theta > 0)',
    'memory',
    RULES,
  ),
  fault(
    'memory is not told what was sent',
    'src/snn/engines/population.ts',
    'rule, sent[i]!, steps)',
    'rule, 0, steps)',
    'oracle',
    ['laws/oracle.test.ts', 'snn/engines.test.ts'],
  ),
  fault('a burst of one spike too many', NEURON, 'k < burst && m', 'k <= burst && m', 'L10', L10),
  fault('a burst stops at > k theta', NEURON, 'm >= Math.fround((k', 'm > Math.fround((k', 'L10', L10),
  fault(
    'a burst takes off theta once',
    NEURON,
    '(rule.lossDown ?? 1) : s)',
    '(rule.lossDown ?? 1) : Math.min(s, 1))',
    'L10',
    L10,
  ),
  fault('rest speaks at theta', NEURON, "strict === 'up' ? m > up", "strict === 'up' ? m >= up", 'L21', L21),
  fault('leaky gives back theta only', NEURON, '(rule.lossDown ?? 1)', '1', 'L19', L19),
  fault('leaky fires at -theta', `${PAGES}/leaky.ts`, 'phiDown: 1 / a,', 'phiDown: 1,', 'L19', L19),
  fault('the membrane leaks', NEURON, 'm = v + current', 'm = v * 0.96875 + current', 'L1', L1),
  fault(
    'full fires early below',
    `${PAGES}/full.ts`,
    'phiUp: 1, phiDown: 1 }',
    'phiUp: 1, phiDown: 0.5 }',
    'L2',
    ['laws/l02-invariant.test.ts', 'laws/l06-odd-symmetry.test.ts'],
  ),
  fault(
    'half fires late below',
    `${PAGES}/half.ts`,
    'phiUp: 0.5, phiDown: 0.5 }',
    'phiUp: 0.5, phiDown: 1 }',
    'L7',
    ['laws/l07-half.test.ts'],
  ),
  fault(
    'unipolar sends negative spikes',
    `${PAGES}/unipolar.ts`,
    'rule: { phiUp: 1 }',
    'rule: { phiUp: 1, phiDown: 1 }',
    'L4',
    L4,
  ),
  fault('tracer misses a tie', TRACER, 'phiUp: 1,', 'phiUp: 1 + 2 ** -20,', 'L16', L16),
  fault('tracer sends T + 1', NEURON, 'sent < most * steps', 'sent <= most * steps', 'L16', L16),
  fault('tracer never takes back', TRACER, 'phiDown: 0,', 'phiDown: 1,', 'L16', L16),
  fault('emission truncates', ACCUMULATE, 'v = theta / 2 + total', 'v = total', 'L17', L17),
  fault(
    'emission in rest coding sends one a slot',
    `${PAGES}/rest.ts`,
    'emission: { phiUp: 1, burst: 2 }',
    'emission: { phiUp: 1 }',
    'L17',
    L17,
  ),
  fault(
    'emission in rest coding is strict',
    `${PAGES}/rest.ts`,
    'emission: { phiUp: 1, burst: 2 }',
    "emission: { phiUp: 1, burst: 2, strict: 'up' }",
    'L17',
    L17,
  ),
  fault(
    'the closed form forgets v0',
    `${PAGES}/unipolar.ts`,
    'Math.floor(ratio + start)',
    'Math.floor(ratio)',
    'pages',
    PAGE_TESTS,
  ),
  fault(
    'the closed form of rest is that of half',
    `${PAGES}/rest.ts`,
    'steps + roundAwayFromZero',
    'roundAwayFromZero',
    'pages',
    PAGE_TESTS,
  ),
  fault(
    'memory may owe spikes for ever',
    `${PAGES}/memory.ts`,
    'rates: { lowest: 0',
    'rates: { lowest: -1',
    'pages',
    PAGE_TESTS,
  ),
  fault(
    'a file with another rule of the same name is read',
    'src/format/snn-format.ts',
    'if (found === expected) return neuron;',
    'return neuron;',
    'own neuron',
    ['snn/neurons/own-neuron.test.ts'],
  ),
  fault('emission has T - 1 slots', ACCUMULATE, 't < slots; t++', 't < slots - 1; t++', 'L17', L17),
];
