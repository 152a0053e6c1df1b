/** @file The optimizers against PyTorch's: six steps with given gradients, both kernel sets, within 1e-5. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { adam, adamW } from '../../src/optimizers/adam.ts';
import { sgd } from '../../src/optimizers/sgd.ts';
import { createRuntime } from '../../src/runtime.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

interface Flat {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Case {
  readonly make: readonly ['sgd' | 'adam' | 'adamW', Parameters<typeof sgd>[2]];
  readonly start: readonly Flat[];
  readonly gradients: readonly (readonly Flat[])[];
  readonly end: readonly Flat[];
}

const { optimizers } = JSON.parse(
  readFileSync(new URL('../test/tensor/torch-cases.json', SOURCE_FOLDER), 'utf8'),
) as { readonly optimizers: readonly Case[] };

for (const kernels of ['reference', 'simd'] as const) {
  for (const { make, start, gradients, end } of optimizers) {
    const [name, settings] = make;
    test(`${kernels}: ${name} ${JSON.stringify(settings)}`, () => {
      const runtime = createRuntime({ kernels });
      const parameters = start.map(({ shape, values }) => {
        const parameter = Tensor.onHeap(runtime.heap, shape, true);
        parameter.data.set(values);
        return parameter;
      });
      const optimizer = { sgd, adam, adamW }[name](runtime, parameters, settings);
      const given = parameters.map(({ shape }) => Tensor.onHeap(runtime.heap, shape).data);
      for (const step of gradients) {
        step.forEach(({ values }, i) => {
          given[i]!.set(values);
          parameters[i]!.gradient = given[i]!;
        });
        optimizer.step();
      }
      assert.equal(optimizer.steps, gradients.length);
      end.forEach(({ values }, i) => {
        values.forEach((value, k) => {
          const found = parameters[i]!.data[k]!;
          assert.ok(Math.abs(found - value) <= 1e-5 * (1 + Math.abs(value)), `${found}, PyTorch ${value}`);
        });
      });
      const { used } = runtime.heap;
      optimizer.close();
      optimizer.close();
      assert.ok(runtime.heap.used < used, 'closing gives the moments back');
      runtime.close();
    });
  }
}
