/**
 * @file What int8 weights or an early stop cost: a run beside the one that it stands for.
 */

import { byStep } from '../../report/by-step.ts';
import type { StopComparison, WeightsComparison } from '../../report/result.ts';
import type { StopRule } from '../../snn/early-stop.ts';
import { differingClasses } from '../differing-classes.ts';
import type { SimulatedSteps } from './simulate-steps.ts';

/** @param format of the weights of `run`; those of `original` are float32 */
export function compareWeights(
  run: SimulatedSteps,
  original: SimulatedSteps,
  format: string,
): WeightsComparison {
  const { accuracy } = run.report.snn;
  const referenceAccuracy = original.report.snn.accuracy;
  const steps = Object.keys(accuracy).map(Number);
  const changed = (step: number): number => differingClasses(run.classes[step]!, original.classes[step]!);
  return {
    format,
    reference: 'float32',
    accuracy,
    referenceAccuracy,
    lost: byStep(steps, (step) => referenceAccuracy[step]! - accuracy[step]!),
    mismatches: changed(steps.at(-1)!),
    mismatchesByStep: byStep(steps, changed),
  };
}

/**
 * @param run with early stop by `stop`
 * @param full the same network over all `steps`
 */
export function compareStop(
  run: SimulatedSteps,
  full: SimulatedSteps,
  stop: StopRule,
  steps: number,
): StopComparison {
  const stopped = run.stopped!;
  return {
    ...stop,
    heuristic: stop.rule !== 'certain',
    meanSteps: stopped.reduce((sum, ran) => sum + ran, 0) / stopped.length,
    stoppedEarly: stopped.reduce((sum, ran) => sum + (ran < steps ? 1 : 0), 0),
    reference: 'full run',
    accuracy: run.report.snn.accuracy[steps]!,
    referenceAccuracy: full.report.snn.accuracy[steps]!,
    mismatches: differingClasses(run.classes[steps]!, full.classes[steps]!),
  };
}
