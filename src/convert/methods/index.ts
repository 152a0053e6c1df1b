/** @file All methods by name. */
import { UsageError } from '../../errors.ts';
import type { ConversionMethod } from '../method.ts';
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

/** @throws UsageError that lists the names. */
export function methodNamed(name: string): ConversionMethod {
  const method = CONVERSION_METHODS.find((candidate) => candidate.name === name);
  if (method) return method;
  throw new UsageError(
    `method: expected one of ${CONVERSION_METHODS.map((r) => r.name).join(', ')}, found ${name}`,
  );
}
