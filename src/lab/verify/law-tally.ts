/**
 * @file Adds up what the laws say about many layers and images. A comparison with NaN or an infinity shows nothing: such a law does not
 * hold, and its worst case is that one.
 */
import { checkConservation } from '../../proof/laws/check-conservation.ts';
import { checkCountLaw } from '../../proof/laws/check-count-law.ts';
import { checkOverload } from '../../proof/laws/check-overload.ts';
import type { LayerTrace } from '../../proof/laws/layer-trace.ts';
import type { LawResult } from '../../report/verification-report.ts';
import type { Neuron } from '../../snn/neurons/neuron.ts';

/** What was counted, as plain data. */
export interface CountedLaws {
  readonly laws: readonly Count[];
  readonly neurons: number;
  readonly covered: number;
}

/** One law: how often it was checked, how often it failed, and the case that came nearest to its bound. */
interface Count {
  readonly id: string;
  readonly says: string;
  cases: number;
  broken: number;
  worst: number;
  bound: number;
}

export class LawTally {
  readonly #neuron: Neuron;
  readonly #counts = new Map<string, Count>();
  #neurons = 0;
  #covered = 0;

  constructor(neuron: Neuron) {
    this.#neuron = neuron;
  }

  /** One layer on one image. */
  addLayer(trace: LayerTrace): void {
    const conserved = checkConservation(trace);
    this.#neurons += conserved.neurons;
    const { conservation, count, overload } = this.#neuron.laws;
    const { law, says } = conservation;
    this.add(law, `${says}, up to the rounding of float32`, conserved.neurons, conserved);
    const counted = checkCountLaw(trace, this.#neuron);
    if (count && counted) {
      this.#covered += counted.covered;
      const bound = `abs(N - q) ${count.strict ? '<' : '<='} ${count.bound === 0.5 ? '1/2' : count.bound}`;
      this.add(count.law, `${bound} where no current passes theta`, counted.covered, counted);
    }
    if (overload && !trace.accumulated)
      this.add(
        'L9',
        'abs(v_T) <= W_T, whatever the currents (in theta)',
        conserved.neurons,
        checkOverload(trace),
      );
  }

  add(
    id: string,
    says: string,
    cases: number,
    found: { readonly broken: number; readonly worst: number; readonly bound: number },
  ): void {
    const broken = found.broken === 0 && !isComparable(found) ? cases : found.broken;
    const { worst, bound } = found;
    this.#count({ id, says, cases, broken, worst, bound });
  }

  #count({ id, says, cases, broken, worst, bound }: Readonly<Count>): void {
    const count = this.#counts.get(id) ?? { id, says, cases: 0, broken: 0, worst: 0, bound };
    this.#counts.set(id, count);
    count.cases += cases;
    count.broken += broken;
    if (share({ worst, bound }) >= share(count)) Object.assign(count, { worst, bound });
  }

  /** What was counted so far; the tally begins anew. */
  take(): CountedLaws {
    const taken = { laws: [...this.#counts.values()], neurons: this.#neurons, covered: this.#covered };
    this.#counts.clear();
    [this.#neurons, this.#covered] = [0, 0];
    return taken;
  }

  /** Adds what another tally took of the images after those of this one. */
  absorb({ laws, neurons, covered }: CountedLaws): void {
    for (const law of laws) this.#count(law);
    this.#neurons += neurons;
    this.#covered += covered;
  }

  /** Share of neurons (over images) that meet the count law's premise; null where the neuron has no such law. */
  get covered(): number | null {
    const law = this.#neuron.laws.count?.law;
    return law !== undefined && this.#counts.has(law) ? this.#covered / this.#neurons : null;
  }

  get laws(): LawResult[] {
    return [...this.#counts.values()]
      .sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
      .map(({ broken, ...law }) => ({ ...law, holds: broken === 0 }));
  }
}

interface Compared {
  readonly worst: number;
  readonly bound: number;
}

const isComparable = ({ worst, bound }: Compared): boolean =>
  Number.isFinite(worst) && Number.isFinite(bound);

/** How much of its bound a case uses; a bound of 0 allows nothing, and an infinite one is as bad as can be. */
function share({ worst, bound }: Compared): number {
  if (!isComparable({ worst, bound })) return Number.POSITIVE_INFINITY;
  if (worst === 0) return 0;
  return bound === 0 ? Number.POSITIVE_INFINITY : worst / bound;
}
