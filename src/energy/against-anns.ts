/**
 * @file What a spiking network is set against besides the dense 32-bit ANN. In T steps a neuron says one of few values, so that an
 * ANN whose activations have as many bits computes the same (Yan, Bai, Tang and Wong, arXiv:2409.08290, ask for that comparison).
 * Arithmetic and traffic stay apart, as everywhere here. Each figure is the SNN's over the ANN's, with weights of the same bits.
 */
import type { SpikingNetwork } from '../snn/network.ts';
import type { Range } from '../snn/neurons/neuron.ts';
import { type OperationCounts, operationCosts, operationsOf, type RunActivity } from './count-operations.ts';
import { trafficCosts, trafficOf, type Widths } from './count-traffic.ts';
import { estimateEnergy } from './estimate-energy.ts';
import { estimatorNamed } from './estimators.ts';

/**
 * The ANNs: dense in 32 bits; the same without its multiplications by 0; dense in 8 bits; dense with weights of 8 bits and
 * activations of as many as T steps can say.
 * @example
 * ANNS.join(); // 'dense,zeros,int8,bits'
 */
export const ANNS = ['dense', 'zeros', 'int8', 'bits'] as const;
/** One of `ANNS`. */
export type AnnName = (typeof ANNS)[number];

/** SNN / ANN after step 1, 2, ...: below 1 the spiking network needs less. */
export interface AgainstAnn {
  /** Energy of the arithmetic, by Horowitz (2014). */
  readonly arithmetic: readonly number[];
  /** Bytes moved, a weight for every operation. */
  readonly bytes: readonly number[];
  /** Bytes moved, with an ideal cache for weights. */
  readonly bytesIdeal: readonly number[];
}

const WIDE: Widths = { weight: 4, activation: 4, potential: 4, spike: 4 };
const NARROW: Widths = { ...WIDE, weight: 1, activation: 1 };

/**
 * The bits of what a neuron can say in some steps: the whole numbers from its least count to its largest.
 * @param range spikes of one step
 * @example
 * bitsOf({ lowest: -1, highest: 1 }, 2); // 3: one of -2, -1, 0, 1, 2
 */
export const bitsOf = ({ lowest, highest }: Range, steps: number): number =>
  Math.ceil(Math.log2((highest - lowest) * steps + 1));

/**
 * Joule of a multiply-accumulate of a weight of 8 bits and an activation of fewer: a multiplication adds a row of partial products
 * for each bit, so that one of `bits` costs that share of Horowitz' 0.2 pJ; an addition costs 0.03. The share is a reading of ours.
 */
export const jouleOfMac = (bits: number): number => ((0.2 * bits) / 8 + 0.03) * 1e-12;

/**
 * A run against each of the ANNs.
 * @param run of this network
 * @param macShare of the ANN's multiply-accumulates, those whose factor is not 0; without it `zeros` is missing
 * @example
 * againstAnns(snn, result).dense.arithmetic.length; // 8: one number for each step
 */
export function againstAnns(
  network: SpikingNetwork,
  run: RunActivity,
  macShare?: number,
): Readonly<Partial<Record<AnnName, AgainstAnn>>> & { readonly dense: AgainstAnn } {
  const counts = operationsOf(operationCosts(network), run);
  const { annMac, snnMac } = counts;
  const bits = stepsOf(run).map((step) => bitsOf(network.neuron.range, step));
  const [fp32, int8] = [jouleBy('horowitz-fp32', counts), jouleBy('horowitz-int8', counts)];
  const against = (
    { snn }: Joule,
    ann: (t: number) => number,
    traffic: Pick<AgainstAnn, 'bytes' | 'bytesIdeal'>,
  ): AgainstAnn => ({ arithmetic: snn.map((joule, t) => joule / ann(t)), ...traffic });
  const moved = bytesAgainst(network, run, counts);
  return {
    dense: against(
      fp32,
      () => fp32.ann,
      moved(WIDE, () => 32),
    ),
    ...(macShare !== undefined && {
      zeros: against(
        fp32,
        () => fp32.ann * macShare,
        moved(WIDE, () => 32, macShare),
      ),
    }),
    int8: against(
      int8,
      () => int8.ann,
      moved(NARROW, () => 8),
    ),
    // the image has 8 bits
    bits: against(
      int8,
      (t) => jouleOfMac(8) * snnMac + jouleOfMac(bits[t]!) * (annMac - snnMac),
      moved(NARROW, (t) => bits[t]!),
    ),
  };
}

interface Joule {
  readonly ann: number;
  readonly snn: readonly number[];
}

const stepsOf = ({ steps }: RunActivity): number[] => Array.from({ length: steps }, (_, t) => t + 1);

function jouleBy(name: string, counts: OperationCounts): Joule {
  const { annJoule, snnJoule } = estimateEnergy(estimatorNamed(name), counts);
  return { ann: annJoule!, snn: snnJoule };
}

/** Of a run: by widths of both, bits of the ANN's activations behind the image, and the share of its operations that it does. */
function bytesAgainst(network: SpikingNetwork, run: RunActivity, counts: OperationCounts) {
  return (
    widths: Widths,
    bits: (t: number) => number,
    macShare = 1,
  ): Pick<AgainstAnn, 'bytes' | 'bytesIdeal'> => {
    const costs = trafficCosts(network, counts, widths);
    const { ann, snn } = trafficOf(costs, run, counts);
    const maps = (ann.activations - costs.image) / widths.activation;
    const annOthers = (t: number): number => (maps * bits(t)) / 8 + costs.image + ann.constants;
    const snnOthers = (t: number): number => snn.spikes[t]! + snn.constants[t]! + snn.potentials[t]!;
    return {
      bytes: snn.weights.map((bytes, t) => (bytes + snnOthers(t)) / (ann.weights * macShare + annOthers(t))),
      bytesIdeal: snn.weightsIdeal.map(
        (bytes, t) => (bytes + snnOthers(t)) / (ann.weightsIdeal + annOthers(t)),
      ),
    };
  };
}
