/**
 * @file How much of a layer's errors is left in the sums of the layers that read it: abs(sum_j w_ij e_j), compared with
 * sum_j abs(w_ij e_j) and with what random signs would leave.
 */
import type { ScaledSynapses } from '../../snn/geometry.ts';
import type { WeightPower } from '../../snn/propagation/kernel.ts';
import { type LayerWiring, propagate } from '../../snn/wiring.ts';
import type { Cancellation } from './layer-anatomy.ts';

/** The mean of abs(x) for a normal x of deviation 1. */
const NORMAL = Math.sqrt(2 / Math.PI);

/** The synapses through which one layer reads another, but for those behind a max pool, which is not linear in errors. */
interface Reader {
  readonly layer: LayerWiring;
  readonly synapses: readonly ScaledSynapses[];
}

/** Sums over images. */
export class CancellationSums {
  readonly #readers: readonly Reader[];
  readonly #left: Float64Array;
  readonly #whole: Float64Array;
  readonly #chance: Float64Array;

  /** @param from the layer that makes the errors */
  constructor(wiring: readonly LayerWiring[], from: number) {
    this.#readers = wiring
      .map((layer) => ({ layer, synapses: layer.spikes.filter((own) => own.from === from && !own.maxPool) }))
      .filter(({ synapses }) => synapses.length > 0);
    const zeros = (): Float64Array => new Float64Array(this.#readers.length);
    [this.#left, this.#whole, this.#chance] = [zeros(), zeros(), zeros()];
  }

  /**
   * Adds one image.
   * @param errors [neurons], in spikes
   */
  add(errors: Float64Array): void {
    const sizes = errors.map(Math.abs);
    const squares = errors.map((e) => e * e);
    this.#readers.forEach(({ layer, synapses }, r) => {
      const sum = (power: WeightPower, values: Float64Array): Float64Array => {
        const into = new Float64Array(layer.neurons);
        for (const one of synapses) propagate(one, values, into, power);
        return into;
      };
      const left = sum('weights', errors);
      const whole = sum('sizes', sizes);
      const chance = sum('squares', squares);
      for (let i = 0; i < left.length; i++) {
        this.#left[r]! += Math.abs(left[i]!);
        this.#whole[r]! += whole[i]!;
        this.#chance[r]! += NORMAL * Math.sqrt(chance[i]!);
      }
    });
  }

  get result(): Cancellation[] {
    return this.#readers.map(({ layer }, r) => {
      const whole = this.#whole[r]!;
      const share = (part: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);
      return { into: layer.name, survives: share(this.#left[r]!), byChance: share(this.#chance[r]!) };
    });
  }
}
