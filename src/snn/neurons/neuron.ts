/**
 * @file What a page about a neuron must say. A neuron is plain data and a few functions of one number; everything else in
 * the program (engines, files, proofs, tables) asks the neuron of a network, so a new one is a page like those beside this
 * file and a line in index.ts, or a value of the caller's own.
 *
 * Throughout, q = (sum of the T currents + v0) / theta: how many spikes the input asks for.
 */
import type { FireRule } from '../step.ts';

/** Smallest and largest value, both included. */
export interface Range {
  readonly lowest: -1 | 0;
  readonly highest: number;
}

/**
 * A kind of neuron: how it fires, what it stands for, and which laws hold for it.
 * @example
 * const mine = {
 *   name: 'three-quarters',
 *   says: 'fires at +-3/4 theta',
 *   rule: { phiUp: 0.75, phiDown: 0.75 },
 *   start: 0,
 *   range: { lowest: -1, highest: 1 },
 *   ideal: (q) => Math.sign(q) * Math.floor(Math.abs(q) + 1 / 4),
 *   laws: { conservation: CONSERVATION, overload: true },
 * };
 * convert(network, { neuron: mine }).snn.neuron.name; // 'three-quarters'
 */
export interface Neuron {
  /** Its word on the command line, in files and in tables. */
  readonly name: string;
  /** What it does, as a phrase that may follow its name. */
  readonly says: string;
  /** When it fires and what a spike takes off: all that the step (step.ts) needs to know. */
  readonly rule: FireRule;
  /** v0 / theta that suits it, and that its exact modes need. A conversion method may choose another. */
  readonly start: number;
  /** Fewest and most spikes of one step. */
  readonly range: Range;
  /** Smallest and largest rate N / T for any constant current. Default: the range. */
  readonly rates?: Range;
  /**
   * Its response, the activation it stands for, is clip(z < 0 ? slope * z : z, lowest rate * theta, highest rate * theta):
   * what the rate theta * N / T of a constant current z tends to. The slope is in (0, 1]; default 1.
   */
  readonly slope?: number;
  /** For neurons with a slope: the same neuron with another one. Conversion and files set the slope through it. */
  withSlope?(slope: number): Neuron;
  /** -1: silence stands for -theta instead of 0, and a network must be coded for it (rest coding, law L21). */
  readonly silence?: -1;
  /** The schedule that its networks run by unless told otherwise. Default 'streaming'. */
  readonly schedule?: 'streaming' | 'settling';
  /** The count that q asks for, before it is clipped to [lowest rate * T, highest rate * T]: the quantised network's count. */
  ideal(q: number): number;
  /** True where `ideal` had to choose: the neuron may send another count for this q, depending on the order of its currents. */
  undecided?(q: number): boolean;
  /**
   * What the neuron really sends in T steps of a constant current z when v0 = start * theta, in closed form: a function of
   * T z / theta and T, before the count is clipped as that of `ideal`. Absent, or null for this start: no closed form is known.
   */
  constantCount?(start: number): ((ratio: number, steps: number) => number) | null;
  /** How the exact modes (schedule `settling`) run it. Absent: they do not. */
  readonly settling?: Settling;
  /** What is claimed of it; `verify` and the functions of proof/ hold it to that. */
  readonly laws: NeuronLaws;
  /** How the SIMD engine runs it. Absent: only the plain engines do. */
  readonly simd?: { readonly mode: SimdMode };
}

/**
 * An exact mode: whatever the order and size of its T currents, the neuron sends
 *
 *     N = clip(floor(sum of the currents / theta + 1/2), lowest rate * T, highest rate * T)
 *
 * either by running on without input until it is silent (L16), or by accumulating all T currents before it sends (L17).
 */
export interface Settling {
  readonly law: 'L16' | 'L17';
  /** L17: the rule of the T steps of emission, from v = theta / 2 + sum of the currents. Absent: the neuron runs on (L16). */
  readonly emission?: FireRule;
  /** The SIMD engine's mode of the emission. Absent: only the plain engines run it. */
  readonly simd?: EmissionMode;
}

/** The laws that hold for a neuron. */
export interface NeuronLaws {
  /** What its spikes take off the potential in a whole run, and the law that says so. */
  readonly conservation: { readonly law: string; readonly says: string };
  /** How far its count is from q where no current exceeds theta. Absent: no such law. */
  readonly count?: CountBound;
  /** L9 bounds its potential whatever the currents: soft reset, phiUp = phiDown >= 1/2, one spike a step. */
  readonly overload?: true;
}

/**
 * Where every abs(I_t) <= theta and v0 / theta is within the bound, abs(N - q) is too: at most `bound`, or below it if `strict`.
 */
export interface CountBound {
  readonly law: string;
  /** In spikes. */
  readonly bound: number;
  /** True: the distance is below the bound; false: at most the bound. */
  readonly strict: boolean;
}

/** The words for the firing modes of the SIMD engine (simd/program/layouts/layer.ts). */
export type SimdMode = 'fire' | 'trace' | 'resetToZero' | 'leak' | 'remember' | 'burst' | 'rest';
/** The same for the emission of a settling neuron. */
export type EmissionMode = 'trace' | 'release';

/**
 * Conservation with soft reset: every spike takes off theta times its sign.
 * @example
 * CONSERVATION.law; // 'L1'
 */
export const CONSERVATION: NeuronLaws['conservation'] = { law: 'L1', says: 'theta*N = sum I + v0 - v_T' };

export const ratesOf = ({ rates, range }: Neuron): Range => rates ?? range;

/** Whether its page names the SIMD modes that this schedule needs. */
export const runsOnSimd = ({ simd, settling }: Neuron, schedule: string): boolean =>
  simd !== undefined && !(schedule === 'settling' && settling?.emission && !settling.simd);
