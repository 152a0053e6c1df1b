import assert from 'node:assert/strict';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { sizeOf, Tensor } from '../../src/tensor/tensor.ts';

/** A float64 tape on plain loops, on a small heap of its own. */
export function doubleTape(heap: Heap = new Heap({ initialBytes: 2 ** 20 })): Tape {
  return new Tape(referenceKernels, new Arena(heap, 2 ** 18), { precision: 'float64' });
}

/** Values of which none is nearer than `gap` to a kink: multiples of 0.01 moved by 0.005. */
export function valuesOffKinks(shape: readonly number[], random: Random, scale = 3): Tensor {
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++)
    data[i] = Math.round(random.uniform(-scale, scale) * 100) / 100 + 0.005;
  return new Tensor(data, shape, true);
}

/**
 * Compares backward with central differences, (f(x + h) - f(x - h)) / 2h with h = 1e-4 in float64: for the smooth
 * functions here its own error is about h^2 = 1e-8 times a third derivative, hence 1e-5 relative to 1 + |gradient|.
 * The scalar is a random weighting of the op's output, so that every element of dy is different.
 */
export function checkGradients(
  inputs: readonly Tensor[],
  compute: (tape: Tape) => Tensor,
  seed: number,
  tolerance = 1e-5,
): void {
  const heap = new Heap({ initialBytes: 2 ** 20 });
  const weights = new Weighting(seed);
  const value = (): number => {
    const tape = doubleTape(heap);
    const y = compute(tape);
    let sum = 0;
    for (let i = 0; i < y.size; i++) sum += y.data[i]! * weights.at(i);
    tape.close();
    return sum;
  };
  const tape = doubleTape(heap);
  const y = compute(tape);
  const scalar = tape.result([1], [y]);
  tape.record(scalar, (dscalar) => {
    tape.receive(y, (dy) => {
      for (let i = 0; i < dy.length; i++) dy[i] = weights.at(i) * dscalar[0]!;
    });
  });
  tape.backward(scalar);
  const h = 1e-4;
  inputs.forEach((x, which) => {
    assert.ok(x.gradient, `input ${which} received no gradient`);
    for (let i = 0; i < x.size; i++) {
      const kept = x.data[i]!;
      x.data[i] = kept + h;
      const above = value();
      x.data[i] = kept - h;
      const below = value();
      x.data[i] = kept;
      const expected = (above - below) / (2 * h);
      const found = x.gradient[i]!;
      assert.ok(
        Math.abs(found - expected) <= tolerance * (1 + Math.abs(expected)),
        `input ${which}, element ${i}: backward says ${found}, differences say ${expected}`,
      );
    }
  });
}

/** A weight for each output element, the same at every call. */
class Weighting {
  readonly #seed: number;
  constructor(seed: number) {
    this.#seed = seed;
  }
  at(i: number): number {
    return Random.seeded(this.#seed ^ Math.imul(i + 1, 0x9e3779b1)).uniform(-1, 1);
  }
}
