/**
 * @file What the page asks its worker, and what it answers: plain data, so that all of it can cross between threads.
 */
import type { MapShape } from '../nn/architecture.ts';
import type { Schedule } from '../snn/simulation.ts';

/** What is done to a network on purpose, to see which law notices. */
export type FaultKind = 'none' | 'weight' | 'bias' | 'threshold' | 'reset' | 'firing';

export interface Fault {
  readonly kind: FaultKind;
  /** The layer that it is done to; the last two kinds change every neuron. */
  readonly layer: number;
}

/** How the network is run. */
export interface Settings {
  /** T. */
  readonly steps: number;
  /** A neuron's name; null: the one that the network was converted to. */
  readonly neuron: string | null;
  /** Multiplies every threshold. */
  readonly thetaScale: number;
  /** v0 / theta; null: the neuron's own. */
  readonly start: number | null;
  /** null: the neuron's own. */
  readonly schedule: Schedule | null;
  readonly fault: Fault;
}

/** One spiking layer, or the readout. */
export interface LayerFacts {
  readonly name: string;
  readonly shape: MapShape;
  readonly neurons: number;
}

/** What the page knows of the network that is open. */
export interface NetworkFacts {
  readonly name: string;
  /** Of the data set that it learned; '' where the file does not say. */
  readonly dataset: string;
  readonly input: MapShape;
  readonly classNames: readonly string[];
  /** Empty for a spiking network from a file: its ANN is not known. */
  readonly activation: string;
  readonly method: string;
  readonly methods: readonly string[];
  readonly neuron: string;
  readonly layers: readonly LayerFacts[];
  /** What a summary says of each layer of the ANN. */
  readonly summary: readonly string[];
  /** What each node of a foreign file became. */
  readonly became: readonly string[];
  /** Whether its own test pictures are at hand: it was trained here. */
  readonly samples: boolean;
  /** What its pictures are drawn on. 'either': they are no drawings. */
  readonly ground: Ground;
}

/** Bright ink on a dark ground, dark ink on a bright one, or neither. */
export type Ground = 'dark' | 'bright' | 'either';

/** Both networks' answers to one picture. */
export interface Answer {
  /** Of the ANN, [classes]; empty where it is not known. */
  readonly ann: Float32Array;
  /** [steps, classes] */
  readonly logits: Float32Array;
  /** Per spiking layer [steps, neurons]. */
  readonly spikes: readonly Int8Array[];
  readonly steps: number;
  readonly neuron: string;
  /** What this neuron does, as a phrase. */
  readonly says: string;
  readonly schedule: Schedule;
  /** v0 / theta. */
  readonly start: number;
  /** False: the neuron stands for another activation than the network learned. */
  readonly fits: boolean;
  /** Per spiking layer: the smallest and the largest threshold. */
  readonly thetas: readonly (readonly [number, number])[];
  readonly cost: Cost;
  /** Time that the spiking network took. */
  readonly milliseconds: number;
  readonly threads: number;
}

/** Operations and energy, by one estimator. */
export interface Cost {
  readonly annMac: number;
  readonly snnMac: number;
  /** `[steps]`: up to and including each. */
  readonly snnAc: readonly number[];
  readonly annJoule: number;
  readonly snnJoule: readonly number[];
  readonly estimator: string;
}

/** One law on the run that is shown. */
export interface LawRow {
  readonly id: string;
  readonly title: string;
  /** In one sentence. */
  readonly says: string;
  readonly holds: boolean;
  /** How many neurons, currents or logits it was checked on. */
  readonly cases: number;
  readonly worst: number;
  readonly bound: number;
  readonly unit: string;
  /** The first layer where it is broken; where it holds, the one that came nearest to the bound. */
  readonly layer: string;
}

/** Where a broken network's answer goes another way than the unbroken one's. */
export interface Breakage {
  /** What was broken, as a sentence. */
  readonly done: string;
  readonly firstLayer: string | null;
  /** How many of that layer's counts differ. */
  readonly differing: number;
  readonly neurons: number;
  /** Classes without and with the fault, after the last step. */
  readonly before: number;
  readonly after: number;
}

export interface Checked {
  readonly laws: readonly LawRow[];
  readonly breakage: Breakage | null;
}

/** One neuron over time. */
export interface Probe {
  readonly theta: number;
  readonly v0: number;
  /** [steps] each. */
  readonly potential: Float32Array;
  readonly current: Float32Array;
  readonly spikes: Int8Array;
  /** theta / trained theta. */
  readonly unit: number;
  /**
   * Points of its staircase, and of the activation that it stands for with the trained theta: constant current and theta * rate, both
   * in units of the trained theta, so that a higher threshold has higher steps.
   */
  readonly staircase: readonly (readonly [number, number])[];
  readonly activation: readonly (readonly [number, number])[];
}

/** A picture in the network's own size, and its class if it has one. */
export interface Sample {
  readonly picture: Uint8Array;
  readonly label: number;
}

/** What is to be opened. */
export type Opened =
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'again'; readonly method: string };

/** A file of one's own, with its path in what was dropped. */
export interface DroppedFile {
  readonly path: string;
  readonly file: Blob;
}

/** What a training is to learn from. */
export type DataRequest =
  | { readonly kind: 'strokes' }
  | {
      readonly kind: 'files';
      /** Of a data set that has one; null: the files' own. */
      readonly name: string | null;
      readonly files: readonly DroppedFile[];
      /** '28x28': height and width that all are brought to; '': as they are. */
      readonly size: string;
      readonly seed: number;
    };

/** Images to learn from, as they were read. */
export interface DataFacts {
  /** As the command line names it. */
  readonly source: string;
  readonly train: number;
  readonly test: number;
  readonly shape: MapShape;
  readonly classes: number;
  /** Empty where they are numbers. */
  readonly classNames: readonly string[];
  /** Share that trains; null: they came divided. */
  readonly split: number | null;
  /** What they were brought to; null: as they were. */
  readonly size: string | null;
  readonly seed: number;
}

export interface TrainRequest {
  readonly seconds: number;
  readonly seed: number;
}

/** How far a training is. */
export interface TrainProgress {
  readonly step: number;
  readonly totalSteps: number;
  readonly loss: number;
  /** Percent, of the epoch so far. */
  readonly trainAccuracy: number;
  /** Percent of test pictures, measured now and then. */
  readonly testAccuracy: number | null;
  readonly seconds: number;
}

export interface AccuracyRequest {
  /** Every picture in the network's own size; null: some of its own test pictures, where they are at hand. */
  readonly pictures: readonly Sample[] | null;
  readonly settings: Settings;
}

/** Percent right. */
export interface Accuracy {
  readonly images: number;
  readonly ann: number | null;
  /** [steps] */
  readonly snn: readonly number[];
}

/** Every question with its answer. */
export interface Questions {
  open: { ask: Opened; answer: NetworkFacts };
  run: { ask: { readonly picture: Uint8Array; readonly settings: Settings }; answer: Answer };
  check: { ask: null; answer: Checked | null };
  probe: { ask: { readonly layer: number; readonly index: number }; answer: Probe | null };
  sample: { ask: { readonly index: number }; answer: Sample };
  gather: { ask: DataRequest; answer: DataFacts | null };
  train: { ask: TrainRequest; answer: NetworkFacts };
  stop: { ask: null; answer: null };
  accuracy: { ask: AccuracyRequest; answer: Accuracy };
  download: {
    ask: { readonly what: 'model' | 'snn' | 'nir' | 'report' };
    answer: { readonly name: string; readonly bytes: Uint8Array };
  };
}

export type Question = keyof Questions;

/** To the worker. */
export interface Asked<Q extends Question = Question> {
  readonly id: number;
  readonly question: Q;
  readonly ask: Questions[Q]['ask'];
}

/** From the worker: an answer, an error in words, or how far a training is. */
export type Told =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly id: number; readonly progress: TrainProgress };
