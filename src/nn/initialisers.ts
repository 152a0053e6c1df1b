/**
 * @file How parameters begin. Weights are [..., in, out]: a convolution's axes before `in` count on both sides.
 */
import type { Floats } from '../kernels/kernels.ts';
import type { Heap } from '../memory/heap.ts';
import type { Random } from '../random/random.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Writes the first values of a parameter. */
export type Initialiser = (values: Floats, shape: Shape) => void;

/**
 * A parameter on the heap: it outlives steps and is trained. Whoever makes it frees it (`freeTensors`).
 * @param initialise default: zeros
 * @throws InputError when the memory cannot grow enough
 * @example
 * const w = parameter(heap, [2, 3], kaimingNormal(Random.seeded(1)));
 * w.shape; // [2, 3]
 */
export function parameter(heap: Heap, shape: Shape, initialise: Initialiser = constant(0)): Tensor {
  const tensor = Tensor.onHeap(heap, shape, true);
  initialise(tensor.data, shape);
  return tensor;
}

/**
 * Every value is the same.
 * @example
 * parameter(heap, [3], constant(0.5)).data; // [0.5, 0.5, 0.5]
 */
export const constant =
  (value: number): Initialiser =>
  (values) =>
    void values.fill(value);

/**
 * Normal with mean 0.
 * @example
 * parameter(heap, [100], normal(Random.seeded(1), 0.01)).size; // 100
 */
export const normal =
  (random: Random, deviation = 1): Initialiser =>
  (values) => {
    for (let i = 0; i < values.length; i++) values[i] = random.normal() * deviation;
  };

/**
 * Uniform in [low, high).
 * @example
 * parameter(heap, [100], uniform(Random.seeded(1), 0, 1)).data.every((value) => value >= 0 && value <= 1); // true
 */
export const uniform =
  (random: Random, low = -1, high = 1): Initialiser =>
  (values) => {
    for (let i = 0; i < values.length; i++) values[i] = random.uniform(low, high);
  };

/** Values that an output sums over. */
const fanIn = (shape: Shape): number => sizeOf(shape) / (shape.at(-1) ?? 1);
/** Values that an input goes into. */
const fanOut = (shape: Shape): number => sizeOf(shape) / (shape.at(-2) ?? 1);

/**
 * Normal with deviation gain / sqrt(fan in): the size of signals stays from layer to layer (He et al., arXiv:1502.01852).
 * @param gain of the activation that follows; sqrt(2) for ReLU
 * @example
 * parameter(heap, [784, 10], kaimingNormal(Random.seeded(1))).shape; // [784, 10]
 */
export const kaimingNormal =
  (random: Random, gain: number = Math.SQRT2): Initialiser =>
  (values, shape) =>
    normal(random, gain / Math.sqrt(fanIn(shape)))(values, shape);

/**
 * Uniform with the deviation of `kaimingNormal`.
 * @param gain of the activation that follows; sqrt(2) for ReLU
 * @example
 * const { data } = parameter(heap, [6, 100], kaimingUniform(Random.seeded(1)));
 * data.every((value) => Math.abs(value) <= 1); // true: sqrt(2) * sqrt(3 / 6)
 */
export const kaimingUniform =
  (random: Random, gain: number = Math.SQRT2): Initialiser =>
  (values, shape) => {
    const bound = gain * Math.sqrt(3 / fanIn(shape));
    uniform(random, -bound, bound)(values, shape);
  };

/**
 * Normal with deviation gain sqrt(2 / (fan in + fan out)) (Glorot and Bengio, 2010).
 * @example
 * parameter(heap, [784, 10], xavierNormal(Random.seeded(1))).size; // 7840
 */
export const xavierNormal =
  (random: Random, gain = 1): Initialiser =>
  (values, shape) =>
    normal(random, gain * Math.sqrt(2 / (fanIn(shape) + fanOut(shape))))(values, shape);

/**
 * Uniform with the deviation of `xavierNormal`.
 * @example
 * parameter(heap, [3, 3], xavierUniform(Random.seeded(1))).data.every((value) => Math.abs(value) <= 1); // true
 */
export const xavierUniform =
  (random: Random, gain = 1): Initialiser =>
  (values, shape) => {
    const bound = gain * Math.sqrt(6 / (fanIn(shape) + fanOut(shape)));
    uniform(random, -bound, bound)(values, shape);
  };
