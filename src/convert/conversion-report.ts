/** @file What a conversion did, as plain data. */
import type { LayerReport } from './layer-report.ts';

/** What was converted, how, and layer by layer into what. */
export interface ConversionReport {
  /** The conversion method, and who proposed it. */
  readonly method: string;
  readonly source: string;
  readonly neuron: string;
  /** v0 as a fraction of theta. */
  readonly initialPotential: number;
  /** How many images thresholds or biases were found on; absent where the method needs none. */
  readonly calibrationImages?: number;
  /** T of the spiking network's runs on them; absent where the method runs none. */
  readonly calibrationSteps?: number;
  /** One for each spiking layer; the readout is the last. */
  readonly layers: readonly LayerReport[];
  /** Layers that only training needs. */
  readonly removed: readonly string[];
}
