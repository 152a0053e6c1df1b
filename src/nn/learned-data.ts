/**
 * What a network has to know of the images that it learned: found from the training images, kept in its files. Images of any
 * other origin are normalised by these numbers, not by their own.
 */
export interface LearnedData {
  /** Of value / 255 over the training images, per channel: the network is given (value / 255 - mean) / deviation. */
  readonly mean: readonly number[];
  /** As long as `mean`, each above 0. */
  readonly deviation: readonly number[];
  /** Names of the classes in their order; absent where they have none. */
  readonly classNames?: readonly string[];
}
