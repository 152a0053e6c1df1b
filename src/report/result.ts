/**
 * @file The result of a command as JSON: the keys that other programs may rely on. An object "by step" has the
 * number of steps T as its keys.
 */
import type { AnnTraffic, SnnTraffic, Widths } from '../energy/count-traffic.ts';

/** What a result ran on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly runtime: string;
}

export type ByStep = Readonly<Record<string, number>>;

/** Counts of one image's inference, mean over the images. */
export interface OperationCounts {
  /** Multiply-accumulates of the ANN. */
  readonly annMac: number;
  /** Multiply-accumulates of the SNN: the constant current of the analogue image, computed once. */
  readonly snnMac: number;
  /** Accumulates of the SNN: spikes times their exact fan-out. */
  readonly snnAc: ByStep;
  /** Apart from them: neurons updated, and constant currents added. */
  readonly membraneUpdates: ByStep;
  readonly constantAdds: ByStep;
}

export interface EnergyEstimate {
  /** null where the estimator has no figure for an ANN. */
  readonly annJoule: number | null;
  readonly snnJoule: ByStep;
  /** Apart, not in snnJoule: membrane updates, and constant currents added. null where the estimator has no figure. */
  readonly membraneJoule?: ByStep | null;
  readonly constantJoule?: ByStep | null;
}

/** Memory traffic in bytes per image (src/energy/count-traffic.ts states the model) and, apart from arithmetic, its energy. */
export interface TrafficKeys {
  readonly widths: Widths;
  readonly ann: AnnTraffic;
  readonly snn: Readonly<Record<keyof SnnTraffic, ByStep>>;
  /** By memory: as if every byte came from it; ideal: each weight read once. */
  readonly energy: Readonly<
    Record<
      string,
      {
        readonly annJoule: number;
        readonly annIdealJoule: number;
        readonly snnJoule: ByStep;
        readonly snnIdealJoule: ByStep;
      }
    >
  >;
}

export interface LawResult {
  readonly id: string;
  readonly says: string;
  readonly cases: number;
  readonly holds: boolean;
  readonly worst: number;
  readonly bound: number;
}

/** What one epoch came to; accuracies in percent, in training on the images as they were seen. */
export interface LearningEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly imagesPerSecond: number;
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

/** Certificates for all images within a distance: of the folded network, by interval arithmetic; a bound, not an attack. */
export interface BallResult {
  /** Largest change of any one value of the normalised image. */
  readonly radius: number;
  readonly images: number;
  /** Images around which the folded network provably gives the spiking network's class. */
  readonly certified: number;
  /** Of those, the ones whose class is the label. */
  readonly certifiedRight: number;
}

/** What applies of these; accuracies in percent. */
export interface ResultKeys {
  /** flippedAccuracy: with test-time flip; only when asked for. */
  readonly ann?: { readonly accuracy: number; readonly flippedAccuracy?: number };
  readonly quantised?: { readonly accuracy: number };
  readonly snn?: {
    readonly accuracy?: ByStep;
    /** Images whose class after the last step differs from the reference's. */
    readonly mismatches?: number;
    readonly mismatchesByStep?: ByStep;
    readonly reference?: string;
  };
  readonly spikes?: {
    /** Mean over neurons and images, from the first step to this one. */
    readonly perNeuron: ByStep;
    /** Spikes per neuron: by layer, at each step from 1 to T. */
    readonly density: Readonly<Record<string, readonly number[]>>;
  };
  readonly operations?: OperationCounts;
  readonly energy?: Readonly<Record<string, EnergyEstimate>>;
  readonly traffic?: TrafficKeys;
  /** Share of neuron steps whose current is beyond theta, by layer. */
  readonly overload?: Readonly<Record<string, number>>;
  readonly train?: { readonly imagesPerSecond: number; readonly curve: readonly LearningEpoch[] };
  readonly simulate?: { readonly imagesPerSecond: number; readonly method?: string };
  /** With --weights int8 or int8-layer. */
  readonly weights?: WeightsComparison;
  /** With --stop certain or margin. */
  readonly stop?: StopComparison;
  readonly laws?: readonly LawResult[];
  /** With --ball. */
  readonly ball?: BallResult;
  /** What only one command says. */
  readonly [key: string]: unknown;
}

export interface Result extends ResultKeys {
  readonly command: string;
  readonly version: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly machine: Machine;
  readonly seconds: number;
}

/** Stable text of a result. Infinity and NaN, which JSON cannot hold, become null. */
export function resultText(result: Result): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
