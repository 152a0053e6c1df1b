/** @file What holds memory is not used after its end: that memory may be another's by then. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { UsageError } from '../../src/errors.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { createInference } from '../../src/nn/inference.ts';
import { constant, parameter } from '../../src/nn/initialisers.ts';
import { conv2d, flatten, linear, strelu } from '../../src/nn/layers.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { adam, adamW } from '../../src/optimizers/adam.ts';
import { muon } from '../../src/optimizers/muon.ts';
import { sgd } from '../../src/optimizers/sgd.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import { openSimulation } from '../../src/snn/simulate.ts';

const runtime = createRuntime();
after(() => runtime.close());
const net = sequential(conv2d(2, 3), strelu(), flatten(), linear(2))([5, 5, 1], 'small');
const model = createModel(runtime.heap, net, Random.seeded(1));

const closed = (use: () => unknown, name: string): void =>
  assert.throws(
    use,
    (error: unknown) =>
      error instanceof UsageError && error.message.startsWith(`${name}: it has been closed`),
  );

test('an optimizer takes no step', () => {
  const weights = [parameter(runtime.heap, [2, 2], constant(1))];
  for (const [name, make] of Object.entries({ sgd, adam, muon })) {
    const optimizer = make(runtime, weights, { learningRate: 0.1 });
    optimizer.step();
    optimizer.close();
    optimizer.close();
    closed(() => optimizer.step(), name);
    assert.equal(optimizer.steps, 1);
  }
  const decayed = adamW(runtime, weights, { learningRate: 0.1 });
  decayed.close();
  closed(() => decayed.step(), 'adam');
});

test('an inference and a simulation give no answer', () => {
  const inference = createInference(runtime, model);
  const x = inference.tape.full([1, 5, 5, 1], 0.5);
  assert.equal(inference.forward(x).size, 2);
  inference.close();
  closed(() => inference.forward(x), 'inference');

  const { snn } = convert(exportNetwork(model));
  for (const engine of ['events', 'products', 'auto', 'reference'] as const)
    for (const kernels of ['simd', 'reference'] as const) {
      if ((engine === 'products' || engine === 'auto') && kernels === 'reference') continue;
      const simulation = openSimulation(
        snn,
        { steps: 2, engine, ...(engine === 'events' && { kernels }) },
        1,
      );
      const image = new Float32Array(25).fill(0.5);
      assert.equal(simulation.simulate(image).predictions.length, 2, 'one for each step');
      simulation.close();
      closed(() => simulation.simulate(image), 'simulation');
    }
});
