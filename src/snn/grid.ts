/**
 * @file The grid of a network: the set of numbers that its weights, biases and thresholds are taken from, chosen so that float32
 * rounds no sum of them, whatever its order. There are two; a network without a grid has the numbers it was trained with.
 */

/**
 * int8: thresholds, biases and the weights of spikes are whole numbers of their layer's unit, one unit per channel or per layer
 * (`SpikingLayer.scale`). They already contain the source's theta and the mean over the pool, so a spike adds them as they are;
 * an identity has [channels] weights. The constant current that the image causes is rounded to whole units as well.
 * dyadic: everything is a multiple of a power of two, short enough that sums over `steps` steps do not round. The images must be
 * multiples of 2^-imageBits.
 */
export type NumberGrid =
  | { readonly kind: 'int8'; readonly per: 'channel' | 'layer' }
  | { readonly kind: 'dyadic'; readonly steps: number; readonly imageBits: number };

/** A spiking network, as far as its grid is concerned. */
interface HasGrid {
  readonly grid?: NumberGrid;
}

export const onInt8Grid = ({ grid }: HasGrid): boolean => grid?.kind === 'int8';

/** From here on every float32 is a whole number, and adding 1/2 to it rounds to another one. */
export const ALL_WHOLE: number = 2 ** 23;

/** A float32 rounded to whole units of the int8 grid: floor(x + 1/2) in float32, and what is whole stays as it is. */
export const toWhole = (x: number): number =>
  Math.abs(x) >= ALL_WHOLE ? x : Math.floor(Math.fround(x + 0.5));

/** True when float32 rounds none of the network's sums, in any order (on a dyadic grid: of the steps that it was made for). */
export const neverRounds = ({ grid }: HasGrid): boolean => grid !== undefined;
