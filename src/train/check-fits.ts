/** @file Whether options of a training fit its images: what reaches beyond them, or beyond the last step, would do nothing that is meant. */
import type { Dataset } from '../data/dataset.ts';
import { UsageError } from '../errors.ts';
import type { TrainOptions } from './options.ts';

/** @throws UsageError naming the option, what was expected and what was found */
export function checkFits(
  { augment, batchSize, epochs, lookahead }: TrainOptions,
  { shape, count }: Pick<Dataset, 'shape' | 'count'>,
): void {
  const [height, width] = shape;
  const side = Math.min(height, width);
  const limits = { crop: side - 1, translate: side - 1, cutout: side } as const;
  for (const [name, most] of Object.entries(limits)) {
    const found = augment[name as keyof typeof limits] ?? 0;
    if (found > most)
      throw new UsageError(
        `${name}: expected at most ${most} pixels for images of ${height}x${width}, found ${found}; nothing of an image would be left`,
      );
  }
  const steps = Math.floor(count / batchSize) * epochs;
  if (steps > 0 && lookahead > steps)
    throw new UsageError(
      `lookahead: expected at most the ${steps} steps of the training, found ${lookahead}; the weights would never go back`,
    );
}
