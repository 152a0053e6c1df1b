/** [height, width, channels]; a vector is [1, 1, channels]. */
export type MapShape = readonly [height: number, width: number, channels: number];

/**
 * The number of values of a map: height * width * channels.
 * @example
 * mapSize([28, 28, 1]); // 784
 */
export const mapSize = (shape: MapShape): number => shape[0] * shape[1] * shape[2];
