/**
 * @file What int8 weights or an early stop cost: a run beside the one that it stands for.
 */
import type { ByStep, StopComparison, WeightsComparison } from '../../report/result.ts';
import type { StopRule } from '../../snn/early-stop.ts';
import type { ScheduledRun } from './scheduled-run.ts';

/** @param format of the weights of `run`; those of `original` are float32 */
export function compareWeights(run: ScheduledRun, original: ScheduledRun, format: string): WeightsComparison {
  const { accuracy } = run.keys.snn;
  const referenceAccuracy = original.keys.snn.accuracy;
  const steps = Object.keys(accuracy);
  const each = (value: (step: string) => number): ByStep =>
    Object.fromEntries(steps.map((step) => [step, value(step)]));
  const changed = (step: string): number => differences(run.classes[step]!, original.classes[step]!);
  return {
    format,
    reference: 'float32',
    accuracy,
    referenceAccuracy,
    lost: each((step) => referenceAccuracy[step]! - accuracy[step]!),
    mismatches: changed(steps.at(-1)!),
    mismatchesByStep: each(changed),
  };
}

/**
 * @param run with early stop by `stop`
 * @param full the same network over all `steps`
 */
export function compareStop(
  run: ScheduledRun,
  full: ScheduledRun,
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
    accuracy: run.keys.snn.accuracy[steps]!,
    referenceAccuracy: full.keys.snn.accuracy[steps]!,
    mismatches: differences(run.classes[steps]!, full.classes[steps]!),
  };
}

function differences(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}
