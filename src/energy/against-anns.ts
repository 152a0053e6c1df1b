/**
 * @file What a spiking network is set against besides the dense 32-bit ANN. In T steps a neuron says one of few values, so that an
 * ANN whose activations have as many bits computes the same (Yan, Bai, Tang and Wong, arXiv:2409.08290, ask for that comparison).
 * A mean over a pool has more values; it is taken to need no more bits, which favours that ANN. Arithmetic and traffic stay apart, as everywhere here. Each figure is the SNN's over the ANN's, with weights of the same bits.
 */
import type { SpikingNetwork } from '../snn/network.ts';
import { type Range, ratesOf } from '../snn/neurons/neuron.ts';
import {
  type OperationCosts,
  type OperationCounts,
  operationCosts,
  operationsOf,
  type RunActivity,
} from './count-operations.ts';
import {
  type AnnTraffic,
  type SnnTraffic,
  type TrafficCosts,
  trafficCosts,
  trafficOf,
  type Widths,
  withWidths,
} from './count-traffic.ts';
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
 * @param range spikes of one step, those that stay: a neuron's count lies between T times its ends
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

/** What of a network decides how it stands against ANNs, whatever the images. */
export interface AgainstCosts {
  readonly operations: OperationCosts;
  readonly traffic: TrafficCosts;
  /** Spikes of one step, those that stay. */
  readonly range: Range;
}

/**
 * A run against each of the ANNs.
 * @param run of this network
 * @param macShare of the ANN's multiply-accumulates, those whose factor is not 0; without it `zeros` is missing
 * @example
 * againstAnns(snn, result).dense.arithmetic.length; // 8: one number for each step
 */
export function againstAnns(network: SpikingNetwork, run: RunActivity, macShare?: number): AgainstAnns {
  const operations = operationCosts(network);
  const costs = { operations, traffic: trafficCosts(network, operations), range: ratesOf(network.neuron) };
  const zeros = macShare === undefined ? undefined : againstZeros(costs, run, macShare);
  return { ...againstDense(costs, run), ...(zeros && { zeros }) };
}

/** `zeros` only where it was measured what is 0. */
export type AgainstAnns = Readonly<Record<Exclude<AnnName, 'zeros'>, AgainstAnn>> & {
  readonly zeros?: AgainstAnn;
};

/** The ANNs that multiply by zeros too. */
export function againstDense(costs: AgainstCosts, run: RunActivity): Omit<AgainstAnns, 'zeros'> {
  const counts = operationsOf(costs.operations, run);
  const { annMac, snnMac } = counts;
  const bits = Array.from({ length: run.steps }, (_, t) => bitsOf(costs.range, t + 1));
  const [fp32, int8] = [jouleBy('horowitz-fp32', counts), jouleBy('horowitz-int8', counts)];
  const [wide, narrow] = [WIDE, NARROW].map((widths) => bytesBy(costs, run, counts, widths)) as [
    Bytes,
    Bytes,
  ];
  const fewer = (t: number): number => jouleOfMac(8) * snnMac + jouleOfMac(bits[t]!) * (annMac - snnMac);
  return {
    dense: ratios(fp32, () => fp32.ann, wide),
    int8: ratios(int8, () => int8.ann, narrow),
    // the image has 8 bits
    bits: ratios(int8, fewer, narrow, (t) => bits[t]! / 8),
  };
}

/** @param macShare of the multiply-accumulates, those whose factor is not 0 */
export function againstZeros(costs: AgainstCosts, run: RunActivity, macShare: number): AgainstAnn {
  const counts = operationsOf(costs.operations, run);
  const { ann, ...others } = bytesBy(costs, run, counts, WIDE);
  const fp32 = jouleBy('horowitz-fp32', counts);
  const skipped = { ...others, ann: { ...ann, weights: ann.weights * macShare } };
  return ratios(fp32, () => fp32.ann * macShare, skipped);
}

interface Joule {
  readonly ann: number;
  readonly snn: readonly number[];
}

function jouleBy(name: string, counts: OperationCounts): Joule {
  const { annJoule, snnJoule } = estimateEnergy(estimatorNamed(name), counts);
  return { ann: annJoule!, snn: snnJoule };
}

/** What both move; of the ANN, its maps apart from the image and the constants. */
interface Bytes {
  readonly ann: Pick<AnnTraffic, 'weights' | 'weightsIdeal'> & {
    readonly maps: number;
    readonly others: number;
  };
  readonly snn: SnnTraffic;
}

function bytesBy(costs: AgainstCosts, run: RunActivity, counts: OperationCounts, widths: Widths): Bytes {
  const traffic = withWidths(costs.traffic, widths);
  const { ann, snn } = trafficOf(traffic, run, counts);
  const maps = ann.activations - traffic.image;
  return { ann: { ...ann, maps, others: traffic.image + ann.constants }, snn };
}

/** SNN / ANN by step. @param narrower by how much the ANN's maps are */
function ratios(
  { snn: joule }: Joule,
  annJoule: (t: number) => number,
  { ann, snn }: Bytes,
  narrower: (t: number) => number = () => 1,
): AgainstAnn {
  const moved = (weights: readonly number[], ofAnn: number): number[] =>
    weights.map(
      (bytes, t) =>
        (bytes + snn.spikes[t]! + snn.constants[t]! + snn.potentials[t]!) /
        (ofAnn + ann.maps * narrower(t) + ann.others),
    );
  return {
    arithmetic: joule.map((own, t) => own / annJoule(t)),
    bytes: moved(snn.weights, ann.weights),
    bytesIdeal: moved(snn.weightsIdeal, ann.weightsIdeal),
  };
}
