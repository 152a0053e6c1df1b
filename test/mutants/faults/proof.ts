/** @file What verify and certificates are made of. */
import { type Fault, fault } from './fault.ts';

const ORACLE = ['laws/oracle.test.ts'];
const PROOF = ['proof/trace.test.ts'];
const CERTIFICATE = ['proof/certificate.test.ts'];

export const PROOF_FAULTS: readonly Fault[] = [
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
