import { UsageError } from '../errors.ts';
import { checkRanges } from './check-ranges.ts';
import type { TrainOptions } from './options.ts';

/** @throws UsageError for options that are out of their range or contradict each other */
export function checkOptions(options: TrainOptions, hasTeacher: boolean): void {
  checkRanges(options);
  if (options.anneal > 0 && options.thetaRate !== 0)
    throw new UsageError(
      'training: thetas that are trained (thetaRate) cannot be annealed; set thetaRate to 0',
    );
  if (options.restHead && (options.thetaRate !== 0 || options.anneal > 0))
    throw new UsageError(
      'training: restHead takes the rest of neurons whose thetas stay as they are; set thetaRate and anneal to 0',
    );
  if (options.anneal > options.epochs)
    throw new UsageError(
      `training: thetas would not reach their value: ${options.anneal} epochs of annealing in ${options.epochs}`,
    );
  if (options.warmup > options.epochs)
    throw new UsageError(
      `training: warmup: expected at most the ${options.epochs} epochs, found ${options.warmup}; the rate would never reach its peak`,
    );
  if (options.firstBiasEpochs > options.epochs)
    throw new UsageError(
      `training: firstBiasEpochs: expected at most the ${options.epochs} epochs, found ${options.firstBiasEpochs}; 0 trains it in all`,
    );
  if (options.lookahead > 0 && !(options.lookaheadShare > 0 && options.lookaheadShare <= 1))
    throw new UsageError(
      `training: lookaheadShare: expected above 0 and at most 1, found ${options.lookaheadShare}; with 0 the weights would go all the way back`,
    );
  if (options.teacherWeight > 0 !== hasTeacher)
    throw new UsageError('training: a teacher and a teacherWeight above 0 need each other');
}
