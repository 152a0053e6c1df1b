/** @file What a conversion may know of calibration images: some training images, and what the trained network makes of them. */
import type { SimulateOptions } from '../snn/simulation.ts';

/** Activations for methods that set thresholds by them; the images themselves for methods that run the spiking network. */
export interface Calibration {
  /**
   * The trained network's activations, by the name of the activation layer: any number of maps [..., channels], one after the
   * other.
   */
  readonly activations: ReadonlyMap<string, ArrayLike<number>>;
  /** [count, height, width, channels], normalised as in training: the images that the activations belong to. */
  readonly images?: Float32Array<ArrayBufferLike>;
  /** T of the spiking network's runs on them. */
  readonly steps?: number;
  /** The threads and kernels that these runs use. */
  readonly engine?: Pick<SimulateOptions, 'runtime' | 'kernels'>;
}

/** A calibration with everything that a run needs. */
export type RunCalibration = Calibration & Required<Pick<Calibration, 'images' | 'steps'>>;
