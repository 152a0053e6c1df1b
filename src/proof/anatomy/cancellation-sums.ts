/**
 * @file How much of a layer's errors is left in the sums of the layers that read it: abs(sum_j w_ij e_j), compared with
 * sum_j abs(w_ij e_j) and with what random signs would leave.
 */
import type { ScaledSynapses } from '../../snn/geometry.ts';
import type { WeightPower } from '../../snn/propagation/kernel.ts';
import { type LayerWiring, propagateEach } from '../../snn/wiring.ts';
import type { Cancellation } from './layer-anatomy.ts';

/** The mean of abs(x) for a normal x of deviation 1. */
const NORMAL = Math.sqrt(2 / Math.PI);

/** The synapses through which one layer reads another, but for those behind a max pool, which is not linear in errors. */
interface Reader {
  readonly layer: LayerWiring;
  readonly synapses: readonly ScaledSynapses[];
}

/** For each layer that reads: of what is left, of what there was, and of what random signs would leave. */
export type SummedCancellation = Readonly<Record<'left' | 'whole' | 'chance', Float64Array>>;

/** Sums over images. */
export class CancellationSums {
  readonly sums: SummedCancellation;
  readonly #readers: readonly Reader[];

  /**
   * @param from the layer that makes the errors
   * @param sums to go on from. Default: of no image
   */
  constructor(wiring: readonly LayerWiring[], from: number, sums?: SummedCancellation) {
    this.#readers = wiring
      .map((layer) => ({ layer, synapses: layer.spikes.filter((own) => own.from === from && !own.maxPool) }))
      .filter(({ synapses }) => synapses.length > 0);
    const zeros = (): Float64Array => new Float64Array(this.#readers.length);
    this.sums = sums ?? { left: zeros(), whole: zeros(), chance: zeros() };
  }

  /**
   * Adds some images.
   * @param errors of each image [neurons], in spikes
   */
  add(...errors: readonly Float64Array[]): void {
    const [sizes, squares] = [errors.map(sizesOf), errors.map(squaresOf)];
    this.#readers.forEach(({ layer, synapses }, r) => {
      const sum = (power: WeightPower, values: readonly Float64Array[]): Float64Array[] => {
        const into = values.map(() => new Float64Array(layer.neurons));
        for (const one of synapses) propagateEach(one, values, into, power);
        return into;
      };
      const left = sum('weights', errors);
      const whole = sum('sizes', sizes);
      const chance = sum('squares', squares);
      errors.forEach((_, image) => {
        this.#addSums(r, left[image]!, whole[image]!, chance[image]!);
      });
    });
  }

  #addSums(r: number, left: Float64Array, whole: Float64Array, chance: Float64Array): void {
    const { sums } = this;
    let [a, b, c] = [sums.left[r]!, sums.whole[r]!, sums.chance[r]!];
    for (let i = 0; i < left.length; i++) {
      a += Math.abs(left[i]!);
      b += whole[i]!;
      c += NORMAL * Math.sqrt(chance[i]!);
    }
    [sums.left[r], sums.whole[r], sums.chance[r]] = [a, b, c];
  }

  get result(): Cancellation[] {
    const { left, whole, chance } = this.sums;
    return this.#readers.map(({ layer }, r) => {
      const share = (part: number): number => (whole[r]! > 0 ? Math.min(1, part / whole[r]!) : 0);
      return { into: layer.name, survives: share(left[r]!), byChance: share(chance[r]!) };
    });
  }
}

function sizesOf(errors: Float64Array): Float64Array {
  const sizes = new Float64Array(errors.length);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(errors[i]!);
  return sizes;
}

function squaresOf(errors: Float64Array): Float64Array {
  const squares = new Float64Array(errors.length);
  for (let i = 0; i < squares.length; i++) squares[i] = errors[i]! * errors[i]!;
  return squares;
}
