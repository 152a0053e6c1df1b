/** @file Small whole networks that inputs are made from. */
import { convert } from '../../src/convert/convert.ts';
import { onDyadicGrid, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import type { Layer, TrainedNetwork } from '../../src/nn/architecture.ts';
import {
  avgPool,
  batchNorm,
  conv2d,
  dropout,
  flatten,
  linear,
  residual,
  strelu,
} from '../../src/nn/layers.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { Random } from '../../src/random/random.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';

const random = Random.seeded(1);
const ARCHITECTURE = sequential(
  conv2d(2, 3, { padding: 1 }),
  batchNorm(),
  strelu(),
  avgPool(2),
  residual([conv2d(2, 3, { padding: 1 })], [conv2d(2, 1)]),
  strelu({ thetaPer: 'channel' }),
  dropout(0.1),
  flatten(),
  linear(3),
)([4, 4, 1], 'sample');

export const TRAINED: TrainedNetwork = trained(ARCHITECTURE.layers);

function trained(layers: readonly Layer[]): TrainedNetwork {
  const weights = new Map(
    parameterSpecs(layers).map(({ name, role, shape }) => {
      const least = role === 'theta' || role === 'variance' ? 0.5 : -1;
      const length = shape.reduce((a, b) => a * b, 1);
      return [name, Float32Array.from({ length }, () => random.uniform(least, 1))];
    }),
  );
  return { architecture: ARCHITECTURE, weights, provenance: { seed: 1, dataset: 'strokes', accuracy: 12.5 } };
}

const { snn } = convert(TRAINED);
export const SPIKING: readonly SpikingNetwork[] = [
  snn,
  onDyadicGrid(snn, { steps: 2 }),
  quantisedToInt8(snn, 'channel'),
];
