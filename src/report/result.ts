/**
 * @file The result of a command as JSON: the keys that other programs may rely on. An object "by step" has the
 * number of steps T as its keys.
 */

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

/** What applies of these; accuracies in percent. */
export interface ResultKeys {
  readonly ann?: { readonly accuracy: number };
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
  /** Share of neuron steps whose current is beyond theta, by layer. */
  readonly overload?: Readonly<Record<string, number>>;
  readonly train?: { readonly imagesPerSecond: number; readonly curve: readonly LearningEpoch[] };
  readonly simulate?: { readonly imagesPerSecond: number; readonly method?: string };
  readonly laws?: readonly LawResult[];
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
