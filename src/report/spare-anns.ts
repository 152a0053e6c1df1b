/** @file A contender's energy against ANNs that spare what they can, at the T that it needs. */
import { againstBits } from '../energy/against-bits.ts';
import type { ContenderResult } from './comparison.ts';
import { energyRatio } from './simulation-report.ts';

/** SNN / ANN, arithmetic by Horowitz (2014), weights of the same bits on both sides. */
export interface SpareAnns {
  /** Dense, 32 bits. */
  readonly dense: number;
  /** 32 bits, no multiplication by 0. */
  readonly zeros: number;
  /** Dense, 8 bits. */
  readonly int8: number;
  /** Dense, weights of 8 bits, activations of as many as the steps can say. */
  readonly bits: number;
}

/** null where the T is not reached, or in results of earlier versions. */
export function spareAnns({ energy, operations, zeros }: ContenderResult): SpareAnns | null {
  if (!zeros) return null;
  const { steps, macShare, bits } = zeros;
  const [dense, int8] = [energyRatio(energy, steps), energyRatio(energy, steps, 'horowitz-int8')];
  if (dense === null || int8 === null) return null;
  const macs = { ann: operations.annMac, snn: operations.snnMac };
  return { dense, zeros: dense / macShare, int8, bits: againstBits(dense, macs, bits) };
}

/** The columns of a table that has them, behind the energy against the dense ANN. */
export const SPARE_COLUMNS: readonly {
  readonly ann: Exclude<keyof SpareAnns, 'dense'>;
  readonly title: string;
}[] = [
  { ann: 'zeros', title: '/ zeros skipped' },
  { ann: 'int8', title: '/ 8 bits' },
  { ann: 'bits', title: '/ few bits' },
];

/** What those are. */
export const SPARE_WORDS =
  'energy also against an ANN that skips its zeros (their share of the first images), a dense one of 8 bits, and a dense one whose activations have as many bits as the steps can say';
