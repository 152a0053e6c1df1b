/**
 * @file The energy of memory traffic, as if every byte came from one kind of memory. It is a scale to hold beside the energy of
 * the arithmetic, and not to be added to it: real machines lie somewhere between these lines.
 */
import type { AnnTraffic, Traffic } from './count-traffic.ts';

/** A kind of memory, and what a byte from it costs. */
export interface Memory {
  readonly name: string;
  /** Where the figure was published. */
  readonly source: string;
  /** What the figure contains and what it does not. */
  readonly boundary: string;
  /** Joule per byte. */
  readonly byte: number;
}

/** Joule per image; those called ideal with an ideal cache for weights. */
export interface MemoryEnergy {
  /** Joule per image, each weight fetched as often as it is used. */
  readonly annJoule: number;
  /** The same with each weight fetched once. */
  readonly annIdealJoule: number;
  /** `[steps]`: up to and including step t = 1, 2, ... */
  readonly snnJoule: readonly number[];
  readonly snnIdealJoule: readonly number[];
}

const HOROWITZ = 'Horowitz, ISSCC 2014, 45 nm: 64 bits of';
const BOUNDARY =
  'every byte from this one memory, words packed to 64 bits; no registers, no reuse but that of the ideal cache';
/** A figure per 64 bits, in joule per byte. */
const word = (joule: number): number => joule / 8;

/**
 * The memories that figures were published for, from the nearest to the farthest.
 * @example
 * MEMORIES[0].name; // 'cache-8-kb'
 */
export const MEMORIES: readonly Memory[] = [
  {
    name: 'cache-8-kb',
    source: `${HOROWITZ} an 8 KB cache 10 pJ`,
    boundary: BOUNDARY,
    byte: word(10e-12),
  },
  {
    name: 'cache-32-kb',
    source: `${HOROWITZ} a 32 KB cache 20 pJ`,
    boundary: BOUNDARY,
    byte: word(20e-12),
  },
  {
    name: 'cache-1-mb',
    source: `${HOROWITZ} a 1 MB cache 100 pJ`,
    boundary: BOUNDARY,
    byte: word(100e-12),
  },
  {
    name: 'dram',
    source: `${HOROWITZ} DRAM 1.3 to 2.6 nJ; the lower end`,
    boundary: BOUNDARY,
    byte: word(1.3e-9),
  },
];

/**
 * What the traffic of one image would cost if all of it went to this memory.
 * @returns joule
 * @example
 * const [cache] = MEMORIES;
 * memoryEnergy(cache, countTraffic(snn, result)).snnJoule.length; // 8: one number for each step
 */
export function memoryEnergy({ byte }: Memory, { ann, snn }: Traffic): MemoryEnergy {
  const annBytes = (weights: keyof AnnTraffic): number => ann[weights] + ann.activations + ann.constants;
  const snnBytes = (weights: readonly number[]): number[] =>
    weights.map((w, t) => byte * (w + snn.spikes[t]! + snn.constants[t]! + snn.potentials[t]!));
  return {
    annJoule: byte * annBytes('weights'),
    annIdealJoule: byte * annBytes('weightsIdeal'),
    snnJoule: snnBytes(snn.weights),
    snnIdealJoule: snnBytes(snn.weightsIdeal),
  };
}
