/**
 * @file The network of the exact modes: unit thresholds where they can be had, then the dyadic grid. Its counts equal the quantised
 * network's, and not one sum of theirs rounds (laws L16 and L17).
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { onDyadicGrid } from './dyadic-grid.ts';
import { withUnitThresholds } from './unit-thresholds.ts';

/**
 * The network whose exact modes are exact.
 * @param steps T of the runs that are to be exact
 * @throws InputError when float32 is too short for the network's sums
 * @example
 * const exact = exactNetwork(snn, 8);
 * exact.grid; // { kind: 'dyadic', steps: 8, imageBits: 6 }
 */
export function exactNetwork(network: SpikingNetwork, steps: number): SpikingNetwork {
  const unit = withUnitThresholds(network);
  const all = unit.layers.every(({ theta }) => theta.every((height) => height === 1));
  return onDyadicGrid(unit, all ? { steps, thetaBits: 0 } : { steps });
}
