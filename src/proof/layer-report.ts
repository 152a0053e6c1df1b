/**
 * @file Everything about one layer over many images, added up trace by trace: the laws, overload, and how its rates compare
 * with the folded and the quantised network.
 */
import { type Conservation, checkConservation } from './conservation.ts';
import { Correlation } from './correlation.ts';
import { type CountLaw, checkCountLaw } from './count-law.ts';
import { type ErrorHistogram, ErrorStatistics } from './histogram.ts';
import { type Overload, checkOverload } from './overload.ts';
import type { NeuronKind } from '../snn/network.ts';
import type { LayerTrace } from './trace.ts';

export interface LayerReport {
  readonly name: string;
  readonly conservation: Conservation;
  /** null: the neuron has no such law. */
  readonly countLaw: CountLaw | null;
  readonly overload: Overload;
  /** rate / theta - activation / theta of the folded network, in [-2, 2]. */
  readonly error: ErrorHistogram;
  /** Of rates with activations; null when one of them never varied. */
  readonly correlation: number | null;
  /** Neurons (over all images) whose count is not the quantised network's. */
  readonly countMismatches: number;
  /** Neurons over all images. */
  readonly neurons: number;
}

export class LayerAccount {
  readonly #kind: NeuronKind;
  readonly #error: ErrorStatistics = new ErrorStatistics(2);
  readonly #correlation: Correlation = new Correlation();
  readonly #name: string;
  #conservation: Conservation | null = null;
  #countLaw: CountLaw | null = null;
  #overload: Overload | null = null;
  #traces = 0;
  #neurons = 0;
  #mismatches = 0;

  constructor(name: string, kind: NeuronKind) {
    this.#name = name;
    this.#kind = kind;
  }

  /**
   * @param activations of the folded network, in units of theta
   * @param counts of the quantised network
   */
  add(trace: LayerTrace, activations: Float64Array, counts: Int32Array): void {
    this.#conservation = mergeConservation(this.#conservation, checkConservation(trace));
    const law = checkCountLaw(trace, this.#kind);
    if (law) this.#countLaw = mergeCountLaw(this.#countLaw, law);
    this.#overload = mergeOverload(this.#overload, checkOverload(trace), this.#traces++);
    trace.counts.forEach((count, i) => {
      const rate = count / trace.steps;
      this.#error.add(rate - activations[i]!);
      this.#correlation.add(rate, activations[i]!);
      if (count !== counts[i]) this.#mismatches++;
    });
    this.#neurons += trace.counts.length;
  }

  /** Call after at least one trace. */
  get report(): LayerReport {
    return {
      name: this.#name,
      conservation: this.#conservation!,
      countLaw: this.#countLaw,
      overload: this.#overload!,
      error: this.#error.histogram,
      correlation: this.#correlation.value,
      countMismatches: this.#mismatches,
      neurons: this.#neurons,
    };
  }
}

function mergeConservation(a: Conservation | null, b: Conservation): Conservation {
  if (!a) return b;
  const share = ({ worst, bound }: Conservation): number => (worst === 0 ? 0 : worst / bound);
  const { worst, bound } = share(b) > share(a) ? b : a;
  const [neurons, exact, broken] = [a.neurons + b.neurons, a.exact + b.exact, a.broken + b.broken];
  return { neurons, exact, broken, worst, bound };
}

function mergeCountLaw(a: CountLaw | null, b: CountLaw): CountLaw {
  if (!a) return b;
  return {
    neurons: a.neurons + b.neurons,
    covered: a.covered + b.covered,
    broken: a.broken + b.broken,
    worst: Math.max(a.worst, b.worst),
    bound: b.bound,
    worstOverloaded: Math.max(a.worstOverloaded, b.worstOverloaded),
  };
}

/** Traces of a layer have the same size, so shares are averaged. */
function mergeOverload(a: Overload | null, b: Overload, before: number): Overload {
  if (!a) return b;
  const mean = (x: number, y: number): number => (x * before + y) / (before + 1);
  return {
    share: mean(a.share, b.share),
    neurons: mean(a.neurons, b.neurons),
    broken: a.broken + b.broken,
    worst: Math.max(a.worst, b.worst),
    bound: Math.max(a.bound, b.bound),
  };
}
