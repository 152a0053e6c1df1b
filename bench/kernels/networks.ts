/**
 * @file The networks whose whole steps are measured.
 */
import type { Architecture, MapShape } from '../../src/nn/architecture.ts';
import { MODELS } from '../../src/nn/models/index.ts';

export interface NetworkCase {
  readonly title: string;
  /** As the peers know it. */
  readonly key: 'cnn' | 'vgg16';
  readonly batch: number;
  /** Part of the channels that is kept; the peers know only 1. */
  readonly width: number;
  /** Beside which peers: PyTorch at every thread count, or the JavaScript ones on one thread. */
  readonly against: 'pytorch' | 'javascript';
}

export const NETWORKS: readonly NetworkCase[] = [
  { title: 'cnn', key: 'cnn', batch: 64, width: 1, against: 'pytorch' },
  { title: 'vgg16', key: 'vgg16', batch: 32, width: 1, against: 'pytorch' },
  { title: 'cnn small', key: 'cnn', batch: 4, width: 1, against: 'javascript' },
];

export const TINY_NETWORKS: readonly NetworkCase[] = [
  { title: 'cnn tiny', key: 'cnn', batch: 2, width: 0.125, against: 'pytorch' },
];

const INPUTS: Readonly<Record<NetworkCase['key'], MapShape>> = { cnn: [28, 28, 1], vgg16: [32, 32, 3] };

export function architectureOf({ key, width }: NetworkCase): Architecture {
  return MODELS[key](INPUTS[key], 10, { activation: 'strelu', width });
}
