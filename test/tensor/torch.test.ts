/** @file Operations and their gradients against a table of cases that PyTorch computed (bench/peers/torch_cases.py), both kernel sets. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { crossEntropy } from '../../src/nn/losses/cross-entropy.ts';
import { mse } from '../../src/nn/losses/mse.ts';
import type { ReduceOptions, Tensor, VarianceOptions } from '../../src/tensor/interfaces.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

interface Flat {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Case {
  readonly name: string;
  readonly inputs: readonly Flat[];
  readonly result: Flat;
  readonly gradients?: readonly Flat[];
}

const table = JSON.parse(readFileSync(new URL('../test/tensor/torch-cases.json', SOURCE_FOLDER), 'utf8')) as {
  readonly cases: readonly Case[];
};

type Run = (...x: Tensor[]) => Tensor;

const reductions = ['sum', 'mean', 'max', 'min', 'variance'] as const;

/** What a case's name asks for. */
function runOf(name: string): Run {
  const [word, ...rest] = name.split(' ') as [string, ...string[]];
  const text = rest.join(' ');
  if (name === 'max of equal ones') return (x) => x.max(1);
  if (name === 'variance, correction 1') return (x) => x.variance([0, 2], { correction: 1 });
  if (name === 'slice') return (x) => x.slice(null, [1, 3], [null, null, 2]);
  if (name === 'slice, picked') return (x) => x.slice(1, null, -1);
  for (const kind of reductions) {
    if (word !== kind) continue;
    const [axes, keepDims] = JSON.parse(`[${rest.join('').replace(']', '],')}]`) as [number[], boolean];
    const options: ReduceOptions & VarianceOptions = { keepDims };
    return (x) => x[kind](axes, options);
  }
  switch (word) {
    case 'crossEntropy': {
      const [labelSmoothing, labels] = JSON.parse(`[${rest.join(',')}]`) as [number, number[]];
      return (x) => crossEntropy(x!, labels, { labelSmoothing });
    }
    case 'mse':
      return (a, b) => mse(a!, b!);
    case 'where':
      return (c, a, b) => c!.greater(0).where(a!, b!);
    case 'clip':
      return (x) => x!.clip(-0.5, 0.75);
    case 'pow':
      return text ? (x) => x!.pow(Number(text)) : (x, y) => x!.pow(y!);
    case 'argmax':
    case 'softmax':
    case 'logSoftmax':
      return (x) => x![word](Number(text));
    case 'reshape':
    case 'transpose':
    case 'broadcastTo':
      return (x) => x![word](...(JSON.parse(text) as number[]));
    case 'pad':
      return (x) => x!.pad([[2, 0], [0, 1], [1, 2]], 0.5); // biome-ignore format: one line per case
    case 'concatenate':
      return (a, b) => a!.concatenate([b!], 1);
    case 'gather':
      return (x) => x!.gather([2, 0, 2], 1);
    case 'oneHot':
      return (x) => x!.oneHot(Number(text));
    case 'maxPool':
    case 'avgPool': {
      const { window, ...options } = JSON.parse(text);
      return (x) => x![word](window, options);
    }
    case 'conv2d':
      return (x, w, bias) => x!.conv2d(w!, { ...JSON.parse(text), ...(bias && { bias }) });
    default:
      return (x, ...others) => (x![word as 'add'] as unknown as Run).call(x, ...others);
  }
}

/** Within 1e-5 of PyTorch, relative to 1 + |value|. */
function agree(what: string, found: ArrayLike<number>, { values }: Flat): void {
  assert.equal(found.length, values.length, what);
  values.forEach((value, i) => {
    const distance = Math.abs(found[i]! - value);
    assert.ok(
      distance <= 1e-5 * (1 + Math.abs(value)),
      `${what}, element ${i}: ${found[i]}, PyTorch ${value}`,
    );
  });
}

const heap = new Heap();
for (const kernels of [referenceKernels, createSimdKernels(heap, new LocalTeam(heap))]) {
  const tape = new Tape(kernels, new Arena(heap));
  for (const { name, inputs, result, gradients } of table.cases) {
    const shapes = inputs.map(({ shape }) => `[${shape}]`).join(' ');
    test(`${kernels.name}: ${name} of ${shapes}`, () => {
      const x = inputs.map(({ shape, values }) => {
        const tensor = tape.tensor(shape, gradients !== undefined);
        tensor.data.set(values);
        return tensor;
      });
      const y = runOf(name)(...x);
      assert.deepEqual([...y.shape], result.shape);
      agree('result', y.data, result);
      if (gradients) {
        const weights = tape.tensor(y.shape);
        weights.data.forEach((_, i) => {
          weights.data[i] = Math.cos(i);
        });
        y.mul(weights).sum().backward();
        gradients.forEach((expected, i) => {
          agree(`gradient of input ${i}`, x[i]!.gradient ?? new Float32Array(x[i]!.size), expected);
        });
      }
      tape.reset();
    });
  }
}
