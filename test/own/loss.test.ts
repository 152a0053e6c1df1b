/** @file A loss of one's own is a function of tensors; its gradient comes from the methods that it uses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createRuntime,
  kaimingNormal,
  parameter,
  Random,
  sgd,
  Tape,
  type TensorInterface,
} from '../../src/index.ts';
import { checkGradients, valuesOffKinks } from '../tensor/gradient-check.ts';

// what a user writes: Charbonnier's loss, a smooth absolute difference
function charbonnier(prediction: TensorInterface, target: TensorInterface): TensorInterface {
  return prediction.sub(target).square().add(0.01).sqrt().mean();
}

test('its gradient is that of central differences', () => {
  const random = Random.seeded(1);
  const [prediction, target] = [valuesOffKinks([3, 4], random), valuesOffKinks([3, 4], random)];
  checkGradients(
    [prediction, target],
    (tape) => charbonnier(tape.use(prediction), target) as ReturnType<Tape['use']>,
    1,
  );
});

test('it falls in a training loop of one’s own, to the weights that made the targets', () => {
  const runtime = createRuntime();
  const random = Random.seeded(2);
  const w = parameter(runtime.heap, [3, 2], kaimingNormal(random));
  const tape = Tape.on(runtime);
  const optimizer = sgd(runtime, [w], { learningRate: 0.1, momentum: 0.9 });
  const wanted = [[1, -2], [0.5, 0], [-1, 1]]; // biome-ignore format: a matrix
  const losses: number[] = [];
  for (let step = 0; step < 300; step++) {
    tape.reset();
    const x = tape.array(
      Array.from({ length: 16 }, () => [random.normal(), random.normal(), random.normal()]),
    );
    const loss = charbonnier(x.matmul(w), x.matmul(tape.array(wanted)));
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }
  assert.ok(losses[0]! > 0.5, `begins at ${losses[0]}`);
  assert.ok(Math.abs(losses.at(-1)! - 0.1) < 1e-3, `ends at ${losses.at(-1)}, expected sqrt(0.01)`);
  wanted.flat().forEach((value, i) => {
    assert.ok(Math.abs(w.data[i]! - value) < 0.02, `w[${i}] = ${w.data[i]}`);
  });
  optimizer.close();
  tape.close();
  runtime.close();
});
