/** @file Mean and deviation that a caller gives for images, checked for their scale; what a file has learned is taken as it is. */
import { beyondUnitScale } from '../data/unit-scale.ts';
import { UsageError } from '../errors.ts';
import type { OpenOptions } from './open-options.ts';

/** @throws UsageError for numbers that count from 0 to 255 */
export function refuseByteScale({ mean, deviation }: Pick<OpenOptions, 'mean' | 'deviation'>): void {
  for (const [name, values] of Object.entries({ mean, deviation })) {
    const beyond = values && beyondUnitScale(values);
    if (beyond) throw new UsageError(`${name}: ${beyond}`);
  }
}
