/**
 * @file AutoAugment's operations by name and level. Levels 0..9 become magnitudes as in the common re-implementations
 * (torchvision's): ten even steps of the paper's ranges, the sign free where both directions exist.
 */
import type { MapShape } from '../../nn/architecture.ts';
import {
  autoContrast,
  brightness,
  colour,
  contrast,
  equalize,
  invert,
  posterize,
  sharpness,
  solarize,
} from './colour.ts';
import { affine, type Bytes, type Fill, rotation, shift } from './geometry.ts';

/**
 * Changes an image in place.
 * @param level 0..9; autoContrast, equalize and invert ignore it
 * @param sign chooses the direction, where there are two
 * @param fill for pixels from outside
 */
export type Operation = (image: Bytes, shape: MapShape, level: number, sign: 1 | -1, fill: Fill) => void;

/** The farthest translation as a share of the side's length: 150 of 331 pixels. */
const FARTHEST = 150 / 331;
/** The highest level. */
const TOP = 9;

/** From 0.1 to 1.9; 1 leaves an image as it is. */
const factor = (level: number, sign: number): number => 1 + (0.9 * sign * level) / TOP;

export type OperationName =
  | 'shearX'
  | 'shearY'
  | 'translateX'
  | 'translateY'
  | 'rotate'
  | 'brightness'
  | 'colour'
  | 'contrast'
  | 'sharpness'
  | 'posterize'
  | 'solarize'
  | 'autoContrast'
  | 'equalize'
  | 'invert';

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  shearX: (image, shape, level, sign, fill) =>
    affine(image, shape, [1, (0.3 * sign * level) / TOP, 0, 0, 1, 0], fill),
  shearY: (image, shape, level, sign, fill) =>
    affine(image, shape, [1, 0, 0, (0.3 * sign * level) / TOP, 1, 0], fill),
  translateX: (image, shape, level, sign, fill) =>
    shift(image, shape, 0, -Math.trunc((FARTHEST * shape[1] * sign * level) / TOP), fill),
  translateY: (image, shape, level, sign, fill) =>
    shift(image, shape, -Math.trunc((FARTHEST * shape[0] * sign * level) / TOP), 0, fill),
  rotate: (image, shape, level, sign, fill) =>
    affine(image, shape, rotation((30 * sign * level) / TOP, shape), fill),
  brightness: (image, _, level, sign) => brightness(image, factor(level, sign)),
  colour: (image, shape, level, sign) => colour(image, shape, factor(level, sign)),
  contrast: (image, shape, level, sign) => contrast(image, shape, factor(level, sign)),
  sharpness: (image, shape, level, sign) => sharpness(image, shape, factor(level, sign)),
  posterize: (image, _, level) => posterize(image, 8 - Math.round((4 * level) / TOP)),
  solarize: (image, _, level) => solarize(image, 255 - (255 * level) / TOP),
  autoContrast,
  equalize,
  invert,
};
