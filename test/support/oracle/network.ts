/**
 * @file Whole small networks as dense rational matrices: the spiking run, the settling run, accumulate-then-fire, and the
 * quantised network that the exact modes must equal.
 */
import { type OracleKind, type OracleState, oracleCount, oracleStep } from './neuron.ts';
import { add, multiply, negate, type Rational, rational, times, ZERO } from './rational.ts';

/** The synapses from one source: rows[i] lists (source neuron, weight times the source's theta) of output i. */
export interface OracleGroup {
  /** The source layer; -1 is the image. */
  readonly from: number;
  readonly rows: readonly (readonly (readonly [source: number, weight: Rational])[])[];
}

export interface OracleLayer {
  /** One per neuron; empty for the readout. */
  readonly theta: readonly Rational[];
  readonly bias: readonly Rational[];
  readonly groups: readonly OracleGroup[];
}

export interface OracleNetwork {
  readonly kind: OracleKind;
  /** v0 per theta. */
  readonly initialPotential: Rational;
  readonly layers: readonly OracleLayer[];
  /** 1/a of leaky neurons. */
  readonly inverse?: Rational;
}

export interface OracleRun {
  /** [layer][step][neuron]. */
  readonly spikes: number[][][];
  /** [layer][neuron], after the last step. */
  readonly potentials: Rational[][];
  /** [step][class]: sum of the readout current up to this step. */
  readonly readout: Rational[][];
  /** [layer][neuron]: largest abs(current). */
  readonly largest: Rational[][];
  readonly counts: number[][];
}

type Signals = (from: number) => readonly number[] | undefined;

/** @returns `analogue` times the constant current (bias and image), and what the signals bring through the weights */
function currents(
  layer: OracleLayer,
  image: readonly Rational[],
  analogue: number,
  signal: Signals,
): Rational[] {
  return layer.bias.map((bias, i) => {
    let sum = times(bias, analogue);
    for (const { from, rows } of layer.groups) {
      const values = from < 0 ? undefined : signal(from);
      for (const [source, weight] of rows[i]!) {
        if (from < 0) {
          if (analogue !== 0) sum = add(sum, times(multiply(weight, image[source]!), analogue));
        } else if (values && values[source] !== 0) {
          const k = values[source]!;
          sum = add(sum, k === 1 ? weight : k === -1 ? negate(weight) : times(weight, k));
        }
      }
    }
    return sum;
  });
}

/** Runs T steps with image and bias, then `after` steps without them, in which tracers settle. */
export function oracleRun(
  network: OracleNetwork,
  image: readonly Rational[],
  steps: number,
  after = 0,
): OracleRun {
  const states: OracleState[][] = network.layers.map((layer) =>
    layer.theta.map((theta) => ({ v: multiply(theta, network.initialPotential), sent: 0 })),
  );
  const spikes: number[][][] = network.layers.map(() => []);
  const largest = network.layers.map((layer) => layer.bias.map(() => ZERO));
  const readout: Rational[][] = [];
  let total = network.layers.at(-1)!.bias.map(() => ZERO);
  const analogue = network.layers.map((layer) => currents(layer, image, 1, () => undefined));
  for (let t = 0; t < steps + after; t++) {
    network.layers.forEach((layer, l) => {
      const spiking = currents(layer, image, 0, (from) => spikes[from]![t]);
      const current = t < steps ? spiking.map((c, i) => add(c, analogue[l]![i]!)) : spiking;
      if (layer.theta.length === 0) {
        total = total.map((sum, i) => add(sum, current[i]!));
        readout.push(total);
        return;
      }
      spikes[l]![t] = layer.theta.map((theta, i) => {
        const size = current[i]!.n < 0n ? negate(current[i]!) : current[i]!;
        if (size.n * largest[l]![i]!.d > largest[l]![i]!.n * size.d) largest[l]![i] = size;
        const { s, state } = oracleStep(
          network.kind,
          states[l]![i]!,
          current[i]!,
          theta,
          steps,
          network.inverse,
        );
        states[l]![i] = state;
        return s;
      });
    });
  }
  return {
    spikes,
    potentials: states.map((layer) => layer.map(({ v }) => v)),
    readout,
    largest,
    counts: states.map((layer) => layer.map(({ sent }) => sent)),
  };
}

export interface OracleQuantised {
  /** [layer][neuron]; the readout's list is empty. */
  readonly counts: number[][];
  /** True: some neuron of a `half` network lies exactly between two counts. */
  readonly tie: boolean;
  /** T * logits. */
  readonly readout: Rational[];
}

/** Computes layer by layer count = quantise(T * z / theta), where z comes from the counts before. */
export function oracleQuantised(
  network: OracleNetwork,
  image: readonly Rational[],
  steps: number,
): OracleQuantised {
  const counts: number[][] = [];
  let tie = false;
  let readout: Rational[] = [];
  for (const layer of network.layers) {
    const total = currents(layer, image, steps, (from) => counts[from]);
    if (layer.theta.length === 0) readout = total;
    counts.push(
      layer.theta.map((theta, i) => {
        const v0 = multiply(theta, network.initialPotential);
        const result = oracleCount(network.kind, total[i]!, theta, v0, steps, network.inverse);
        tie ||= result.tie;
        return result.count;
      }),
    );
  }
  return { counts, tie, readout };
}

export const rationals = (values: ArrayLike<number>): Rational[] => Array.from(values, rational);
