/**
 * @file The methods that are compared, as plain data: which trained network, which recipe, which neuron.
 */

import { recipeNamed } from '../../convert/methods/index.ts';
import { UsageError } from '../../errors.ts';
import type { NeuronKind } from '../../snn/network.ts';
import type { Schedule } from '../../snn/simulation.ts';
import { suggestion } from '../../terminal/near.ts';

export interface Method {
  readonly id: string;
  /** For tables and legends. */
  readonly title: string;
  /** Built on the symmetric threshold. */
  readonly ours: boolean;
  /** Id of its training. */
  readonly training: string;
  readonly recipe: string;
  readonly neuron: NeuronKind;
  /** layered: one run gives every T. settling: the exact mode, each T a run of its own. */
  readonly schedule: Extract<Schedule, 'layered' | 'settling'>;
}

const method = (
  id: string,
  title: string,
  training: string,
  recipe: string,
  neuron: NeuronKind,
  schedule: Method['schedule'] = 'layered',
): Method => ({ id, title, ours: recipe === 'strelu', training, recipe, neuron, schedule });

export const METHODS: readonly Method[] = [
  method('relu-max', 'ReLU, maximum', 'relu', 'relu-max', 'unipolar'),
  method('relu-percentile', 'ReLU, 99.9 %', 'relu', 'relu-percentile', 'unipolar'),
  method('relu-balanced', 'ReLU, balanced, hard reset', 'relu', 'relu-balanced', 'reset-to-zero'),
  method('relu-rmp', 'ReLU, RMP', 'relu', 'relu-rmp', 'unipolar'),
  method('relu-calibrated', 'ReLU, light calibration', 'relu', 'relu-calibrated', 'unipolar'),
  method('relu-memory', 'ReLU, signed memory', 'relu', 'relu-memory', 'memory'),
  method('relu-burst', 'ReLU, bursts', 'relu', 'relu-burst', 'burst'),
  method('trelu-zero', 'tReLU', 'trelu', 'trelu-zero', 'unipolar'),
  method('trelu', 'tReLU + shift', 'trelu', 'trelu', 'unipolar'),
  method('trelu-memory', 'tReLU, signed memory', 'trelu', 'trelu-memory', 'memory'),
  method('qcfs', 'QCFS', 'qcfs', 'qcfs', 'unipolar'),
  method('tleaky-relu', 'tLeakyReLU', 'tleaky-relu', 'tleaky-relu', 'leaky'),
  method('strelu-full', 'stReLU full', 'strelu', 'strelu', 'full'),
  method('strelu-half', 'stReLU half', 'strelu', 'strelu', 'half'),
  method('strelu-tracer', 'stReLU tracer, exact', 'strelu', 'strelu', 'tracer', 'settling'),
  method('strelu-grid-full', 'stReLU grid, full', 'strelu-grid', 'strelu', 'full'),
  method('strelu-grid-half', 'stReLU grid, half', 'strelu-grid', 'strelu', 'half'),
  method('strelu-grid-rest', 'stReLU grid, rest coding', 'strelu-grid', 'strelu', 'rest'),
  method(
    'strelu-grid-rest-exact',
    'stReLU grid, rest coding, exact',
    'strelu-grid',
    'strelu',
    'rest',
    'settling',
  ),
  method('strelu-grid-tracer', 'stReLU grid, tracer, exact', 'strelu-grid', 'strelu', 'tracer', 'settling'),
  method('strelu-sparse-half', 'stReLU sparse, half', 'strelu-sparse', 'strelu', 'half'),
];

/**
 * The method of ours that ratios are against unless the user names another: fixed before anything is measured, the
 * first of these that is compared. Exact modes are none: their T is not the number of steps that they run.
 */
export const REFERENCES: readonly string[] = [
  'strelu-grid-half',
  'strelu-half',
  'strelu-sparse-half',
  'strelu-full',
  'strelu-grid-full',
];

/** Who proposed a method. */
export const sourceOf = (method: Method): string => recipeNamed(method.recipe).source;

/** @throws UsageError naming the near ones */
export function methodNamed(id: string): Method {
  const found = METHODS.find((method) => method.id === id);
  if (found) return found;
  const names = METHODS.map((method) => method.id);
  throw new UsageError(`unknown method "${id}"; ${suggestion(id, names)} (methods: ${names.join(', ')})`);
}

/**
 * @param wanted null: the default
 * @throws UsageError when none of the methods can be the reference, or the wanted one is not compared
 */
export function referenceAmong(methods: readonly Method[], wanted: string | null): string {
  const ids = methods.map((method) => method.id);
  if (wanted !== null) {
    if (ids.includes(wanted)) return wanted;
    throw new UsageError(`--reference ${wanted} is not among --methods; add it, or leave --reference out`);
  }
  const found = REFERENCES.find((id) => ids.includes(id));
  if (found) return found;
  throw new UsageError(
    `--methods needs one of ours to take ratios against: ${REFERENCES.join(', ')}; or name another by --reference`,
  );
}
