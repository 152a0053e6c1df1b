/**
 * @file The contenders of a comparison, as plain data: which trained network, converted by which method to which neuron.
 */

import { methodNamed } from '../../convert/methods/index.ts';
import { UsageError } from '../../errors.ts';
import type { Schedule } from '../../snn/simulation.ts';

export interface Contender {
  readonly id: string;
  /** For tables and legends. */
  readonly title: string;
  /** Built on the symmetric threshold. */
  readonly ours: boolean;
  /** Id of its training. */
  readonly training: string;
  /** The conversion method. */
  readonly method: string;
  /** Its name. */
  readonly neuron: string;
  /** layered: one run gives every T. settling: the exact mode, each T a run of its own. */
  readonly schedule: Extract<Schedule, 'layered' | 'settling'>;
}

const contender = (
  id: string,
  title: string,
  training: string,
  method: string,
  neuron: string,
  schedule: Contender['schedule'] = 'layered',
): Contender => ({ id, title, ours: method === 'strelu', training, method, neuron, schedule });

export const CONTENDERS: readonly Contender[] = [
  contender('relu-max', 'ReLU, maximum', 'relu', 'relu-max', 'unipolar'),
  contender('relu-percentile', 'ReLU, 99.9 %', 'relu', 'relu-percentile', 'unipolar'),
  contender('relu-balanced', 'ReLU, balanced, hard reset', 'relu', 'relu-balanced', 'reset-to-zero'),
  contender('relu-rmp', 'ReLU, RMP', 'relu', 'relu-rmp', 'unipolar'),
  contender('relu-calibrated', 'ReLU, light calibration', 'relu', 'relu-calibrated', 'unipolar'),
  contender('relu-memory', 'ReLU, signed memory', 'relu', 'relu-memory', 'memory'),
  contender('relu-burst', 'ReLU, bursts', 'relu', 'relu-burst', 'burst'),
  contender('trelu-zero', 'tReLU', 'trelu', 'trelu-zero', 'unipolar'),
  contender('trelu', 'tReLU + shift', 'trelu', 'trelu', 'unipolar'),
  contender('trelu-memory', 'tReLU, signed memory', 'trelu', 'trelu-memory', 'memory'),
  contender('trelu-grid', 'tReLU grid + shift', 'trelu-grid', 'trelu', 'unipolar'),
  contender('qcfs', 'QCFS', 'qcfs', 'qcfs', 'unipolar'),
  contender('qcfs-exact', 'QCFS, exact', 'qcfs', 'qcfs', 'unipolar', 'settling'),
  contender('tleaky-relu', 'tLeakyReLU', 'tleaky-relu', 'tleaky-relu', 'leaky'),
  contender('strelu-full', 'stReLU full', 'strelu', 'strelu', 'full'),
  contender('strelu-half', 'stReLU half', 'strelu', 'strelu', 'half'),
  contender('strelu-tracer', 'stReLU tracer, exact', 'strelu', 'strelu', 'tracer', 'settling'),
  contender('strelu-grid-full', 'stReLU grid, full', 'strelu-grid', 'strelu', 'full'),
  contender('strelu-grid-half', 'stReLU grid, half', 'strelu-grid', 'strelu', 'half'),
  contender('strelu-grid-rest', 'stReLU grid, rest coding', 'strelu-grid', 'strelu', 'rest'),
  contender(
    'strelu-grid-rest-exact',
    'stReLU grid, rest coding, exact',
    'strelu-grid',
    'strelu',
    'rest',
    'settling',
  ),
  contender(
    'strelu-grid-tracer',
    'stReLU grid, tracer, exact',
    'strelu-grid',
    'strelu',
    'tracer',
    'settling',
  ),
  contender('strelu-sparse-half', 'stReLU sparse, half', 'strelu-sparse', 'strelu', 'half'),
  contender('strelu-sparse-rest', 'stReLU sparse, rest coding', 'strelu-rest-sparse', 'strelu', 'rest'),
];

/**
 * The contender of ours that ratios are against unless another is named: fixed before anything is measured, the first of these that
 * is compared. Exact modes are none: their T is not the number of steps that they run.
 */
export const BASELINES: readonly string[] = [
  'strelu-grid-half',
  'strelu-half',
  'strelu-sparse-half',
  'strelu-full',
  'strelu-grid-full',
];

/** The baseline among these contenders unless another is named; null: none of them may be it. */
export function baselineAmong(contenders: readonly Contender[]): string | null {
  return BASELINES.find((id) => contenders.some((contender) => contender.id === id)) ?? null;
}

/** Who proposed the method of a contender. */
export const sourceOf = (contender: Contender): string => methodNamed(contender.method).source;

/** @throws UsageError listing the contenders that there are */
export function contenderNamed(id: string): Contender {
  const found = CONTENDERS.find((contender) => contender.id === id);
  if (found) return found;
  const names = CONTENDERS.map((contender) => contender.id);
  throw new UsageError(`contender: expected one of ${names.join(', ')}, found "${id}"`);
}
