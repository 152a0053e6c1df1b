/** @file All conversion methods. */
import { UsageError } from '../../errors.ts';
import { suggestion } from '../../near.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { qcfs } from './qcfs.ts';
import { reluBalanced } from './relu-balanced.ts';
import { reluBurst } from './relu-burst.ts';
import { reluCalibrated } from './relu-calibrated.ts';
import { reluMax } from './relu-max.ts';
import { reluMemory } from './relu-memory.ts';
import { reluPercentile } from './relu-percentile.ts';
import { reluRmp } from './relu-rmp.ts';
import { strelu } from './strelu.ts';
import { tleakyRelu } from './tleaky-relu.ts';
import { trelu } from './trelu.ts';
import { treluMemory } from './trelu-memory.ts';
import { treluZero } from './trelu-zero.ts';

/**
 * All conversion methods; each has a file of its own with its equations and its source.
 * @example
 * CONVERSION_METHODS.map(({ name }) => name).includes('strelu'); // true
 */
export const CONVERSION_METHODS: readonly ConversionMethod[] = [
  strelu,
  trelu,
  treluZero,
  treluMemory,
  tleakyRelu,
  qcfs,
  reluMax,
  reluPercentile,
  reluBalanced,
  reluRmp,
  reluCalibrated,
  reluMemory,
  reluBurst,
];

/**
 * The method of that name.
 * @throws UsageError that names the nearest
 * @example
 * methodNamed('qcfs').activations; // ['qcfs']
 */
export function methodNamed(name: string): ConversionMethod {
  const method = CONVERSION_METHODS.find((candidate) => candidate.name === name);
  if (method) return method;
  const names = CONVERSION_METHODS.map((method) => method.name);
  throw new UsageError(`method: unknown name "${name}"; ${suggestion(name, names)}`);
}
