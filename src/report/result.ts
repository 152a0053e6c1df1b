/**
 * @file The result of a command as JSON: the keys that other programs may rely on.
 */
import type { EpochSummary } from '../train/checkpoint.ts';
import type { ByStep } from './by-step.ts';
import type { SimulationReport } from './simulation-report.ts';
import type { VerificationReport } from './verification-report.ts';

/** What a result ran on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly runtime: string;
}

/** Weights on the int8 grid beside the float32 ones, both without early stop. */
export interface WeightsComparison {
  /** 'int8 per channel', 'int8 per layer'. */
  readonly format: string;
  /** 'float32'. */
  readonly reference: string;
  readonly accuracy: ByStep;
  readonly referenceAccuracy: ByStep;
  /** Points: referenceAccuracy - accuracy. */
  readonly lost: ByStep;
  /** Images whose class differs from the reference's, after the last step and after each. */
  readonly mismatches: number;
  readonly mismatchesByStep: ByStep;
}

/** Early stop beside the same network's run over all T steps. */
export interface StopComparison {
  readonly rule: 'certain' | 'margin';
  /** Rule margin only: stops when the leading logit is ahead of every other by more than this. */
  readonly margin?: number;
  /** true: the rule may give another class than the full run. */
  readonly heuristic: boolean;
  /** Mean number of steps an image ran, of T. */
  readonly meanSteps: number;
  /** Images that ran fewer than T steps. */
  readonly stoppedEarly: number;
  /** 'full run'. */
  readonly reference: string;
  readonly accuracy: number;
  readonly referenceAccuracy: number;
  /** Images whose class differs from the full run's after step T. */
  readonly mismatches: number;
}

/** What applies of these; accuracies in percent. */
export interface ResultKeys extends Partial<SimulationReport>, Partial<Omit<VerificationReport, 'images'>> {
  /** flippedAccuracy: with test-time flip; only when asked for. */
  readonly ann?: { readonly accuracy: number; readonly flippedAccuracy?: number };
  readonly quantised?: { readonly accuracy: number };
  /** seconds: that its steps took, over all sittings; absent in results of earlier versions. */
  readonly train?: {
    readonly seconds?: number;
    readonly imagesPerSecond: number;
    readonly curve: readonly EpochSummary[];
  };
  /** With --weights int8 or int8-layer. */
  readonly weights?: WeightsComparison;
  /** With --stop certain or margin. */
  readonly stop?: StopComparison;
  /** What only one command says. */
  readonly [key: string]: unknown;
}

export interface Result extends ResultKeys {
  readonly command: string;
  readonly version: string;
  /** When it was written: 2026-01-31T12:00:00.000Z. */
  readonly date: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly machine: Machine;
  readonly seconds: number;
}

/** Stable text of a result. Infinity and NaN, which JSON cannot hold, become null. */
export function resultText(result: Result): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
