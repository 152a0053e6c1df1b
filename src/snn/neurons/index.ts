/** @file The neurons, each on a page of its own. A new one is a page and a line here; neuron.ts says what a page holds. */
import { UsageError } from '../../errors.ts';
import { suggestion } from '../../near.ts';
import { burst } from './burst.ts';
import { full } from './full.ts';
import { half } from './half.ts';
import { leaky } from './leaky.ts';
import { memory } from './memory.ts';
import type { Neuron } from './neuron.ts';
import { resetToZero } from './reset-to-zero.ts';
import { rest } from './rest.ts';
import { tracer } from './tracer.ts';
import { unipolar } from './unipolar.ts';

/**
 * All neurons that strelu knows; each has a page of its own.
 * @example
 * NEURONS.map(({ name }) => name).slice(0, 4); // ['full', 'half', 'unipolar', 'tracer']
 */
export const NEURONS: readonly Neuron[] = [
  full,
  half,
  unipolar,
  tracer,
  resetToZero,
  leaky,
  memory,
  burst,
  rest,
];

/**
 * The neuron of a name.
 * @param own neurons of the caller, looked through first
 * @throws UsageError that names the nearest
 * @example
 * neuronNamed('half').says; // 'fires at +-theta/2, so that its count rounds to the nearest'
 */
export function neuronNamed(name: string, own: readonly Neuron[] = []): Neuron {
  const all = [...own, ...NEURONS];
  const found = all.find((neuron) => neuron.name === name);
  if (found) return found;
  const names = all.map((neuron) => neuron.name);
  throw new UsageError(`neuron: unknown name "${name}"; ${suggestion(name, names)}`);
}
