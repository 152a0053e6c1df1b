/** @file The small network that the page trains: its size follows the images. */
import type { Architecture, MapShape } from '../../../nn/architecture.ts';
import { conv2d, flatten, linear, strelu } from '../../../nn/layers.ts';
import { MODELS } from '../../../nn/models/index.ts';
import { sequential } from '../../../nn/sequential.ts';

/** The smallest images that LeNet leaves something of. */
const LENET_SIDE = 12;
/** Levels of the grid that it is trained on. */
const LEVELS = 2;

/** A narrow LeNet; for smaller images one convolution that keeps their size. */
export function networkFor(shape: MapShape, classes: number): Architecture {
  const [height, width] = shape;
  if (Math.min(height, width) >= LENET_SIDE)
    return MODELS.lenet(shape, classes, { activation: 'strelu', levels: LEVELS, width: 0.75 });
  const act = () => strelu({ levels: LEVELS });
  const layers = [conv2d(8, 3, { padding: 1 }), act(), flatten(), linear(64), act(), linear(classes)];
  return sequential(...layers)(shape, 'small');
}
