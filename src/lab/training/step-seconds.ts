/** @file How long the steps of a training took, over all its sittings. */
import type { EpochSummary } from '../../train/checkpoint.ts';

/**
 * Seconds, from the speed of each epoch. Tests after epochs do not count, nor do steps that an interruption lost; an epoch that was
 * interrupted counts as if all of it had gone as fast as what came after.
 * @param images that an epoch trains on
 * @example
 * stepSeconds([{ epoch: 1, loss: 1, trainAccuracy: 60, testAccuracy: 50, imagesPerSecond: 200 }], 1000); // 5
 */
export const stepSeconds = (curve: readonly EpochSummary[], images: number): number =>
  curve.reduce((sum, { imagesPerSecond }) => sum + images / imagesPerSecond, 0);
