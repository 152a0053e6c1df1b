import { UsageError } from '../errors.ts';
import type { TrainOptions } from './options.ts';

/** @throws UsageError for options that contradict each other */
export function checkOptions(options: TrainOptions, hasTeacher: boolean): void {
  if (options.anneal > 0 && options.thetaRate !== 0)
    throw new UsageError(
      'training: thetas that are trained (thetaRate) cannot be annealed; set thetaRate to 0',
    );
  if (options.anneal > options.epochs)
    throw new UsageError(
      `training: thetas would not reach their value: ${options.anneal} epochs of annealing in ${options.epochs}`,
    );
  if (options.teacherWeight > 0 !== hasTeacher)
    throw new UsageError('training: a teacher and a teacherWeight above 0 need each other');
}
