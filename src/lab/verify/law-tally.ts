/**
 * @file Adds up what the laws say about many layers and images.
 */
import { checkConservation } from '../../proof/laws/conservation.ts';
import { checkCountLaw } from '../../proof/laws/count-law.ts';
import { checkOverload } from '../../proof/laws/overload.ts';
import type { LayerTrace } from '../../proof/laws/trace.ts';
import type { LawResult } from '../../report/result.ts';
import type { NeuronKind } from '../../snn/network.ts';

/** One law: how often it was asked, how often it failed, and the case that came nearest to its bound. */
interface Count {
  readonly id: string;
  readonly says: string;
  cases: number;
  broken: number;
  worst: number;
  bound: number;
}

/** What soft reset by theta does not say of these neurons. */
const CONSERVATION: Partial<Record<NeuronKind, readonly [law: string, says: string]>> = {
  leaky: ['L19', 'theta*N+ - (theta/a)*N- = sum I + v0 - v_T (the output is theta*(N+ - N-), not conserved)'],
  'reset-to-zero': [
    'L1',
    'theta*N + what resets to zero threw away = sum I + v0 - v_T (theta*N alone is not conserved)',
  ],
};

export class LawTally {
  readonly #neuron: NeuronKind;
  readonly #counts = new Map<string, Count>();
  #neurons = 0;
  #covered = 0;

  constructor(neuron: NeuronKind) {
    this.#neuron = neuron;
  }

  /** One layer on one image. */
  addLayer(trace: LayerTrace): void {
    const conserved = checkConservation(trace);
    this.#neurons += conserved.neurons;
    const [law, says] = CONSERVATION[this.#neuron] ?? ['L1', 'theta*N = sum I + v0 - v_T'];
    this.add(law, `${says}, up to the rounding of float32`, conserved.neurons, conserved);
    const counted = checkCountLaw(trace, this.#neuron);
    if (!counted) return;
    this.#covered += counted.covered;
    const [id, bound] = this.#neuron === 'full' ? ['L3', 'abs(N - q) < 1'] : ['L7', 'abs(N - q) <= 1/2'];
    this.add(id!, `${bound} where no current passes theta`, counted.covered, counted);
    const overload = checkOverload(trace);
    this.add('L9', 'abs(v_T) <= W_T, whatever the currents (in theta)', counted.neurons, overload);
  }

  add(
    id: string,
    says: string,
    cases: number,
    found: { readonly broken: number; readonly worst: number; readonly bound: number },
  ): void {
    const count = this.#counts.get(id) ?? { id, says, cases: 0, broken: 0, worst: 0, bound: found.bound };
    this.#counts.set(id, count);
    count.cases += cases;
    count.broken += found.broken;
    if (share(found) >= share(count)) {
      count.worst = found.worst;
      count.bound = found.bound;
    }
  }

  /** Share of neurons (over images) that meet the count law's premise; null where the neuron has no such law. */
  get covered(): number | null {
    return this.#counts.has('L3') || this.#counts.has('L7') ? this.#covered / this.#neurons : null;
  }

  get laws(): LawResult[] {
    return [...this.#counts.values()]
      .sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
      .map(({ broken, ...law }) => ({ ...law, holds: broken === 0 }));
  }
}

/** How much of its bound a case uses; a bound of 0 allows nothing. */
function share({ worst, bound }: { readonly worst: number; readonly bound: number }): number {
  if (worst === 0) return 0;
  return bound === 0 ? Number.POSITIVE_INFINITY : worst / bound;
}
