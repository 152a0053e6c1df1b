import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena } from '../../src/memory/arena.ts';
import { createModel } from '../../src/nn/create-model.ts';
import type { Model } from '../../src/nn/model.ts';
import { Random } from '../../src/random/random.ts';
import type { Runtime } from '../../src/runtime.ts';
import { createRuntime } from '../../src/runtime.ts';
import { Tape } from '../../src/tensor/tape.ts';
import type { Checkpoint } from '../../src/train/checkpoint.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { createTeacher } from '../../src/train/teacher.ts';
import { train } from '../../src/train/train.ts';
import { bars, referenceRuntime, SMALL_OPTIONS, smallNetwork } from './small.ts';

const DATA = { train: bars(96, 1), test: bars(30, 2) };
const TAUGHT = { ...SMALL_OPTIONS, teacherWeight: 1, temperature: 2 };

function last(runtime: Runtime, model: Model, teacher: Model, resume?: Checkpoint, stopAt = 1e9): Checkpoint {
  let found: Checkpoint | undefined;
  for (const event of train(runtime, model, { ...DATA, teacher }, TAUGHT, resume)) {
    found = event.checkpoint();
    if (event.step === stopAt) break;
  }
  return found!;
}

/** Trained on the bars. */
function teacherOn(runtime: Runtime): Model {
  const teacher = createModel(runtime.heap, smallNetwork(), Random.seeded(9));
  for (const _ of train(runtime, teacher, DATA, { ...SMALL_OPTIONS, epochs: 4 }));
  return teacher;
}

test('targets are the softened answers of the network as it is evaluated', () => {
  const runtime = referenceRuntime();
  const model = teacherOn(runtime);
  const teacher = createTeacher(runtime, model);
  const { logits } = evaluate(runtime, model, DATA.test);
  const tape = new Tape(runtime.kernels, new Arena(runtime.heap));
  const x = tape.tensor([30, 6, 6, 1]);
  x.data.set(Float32Array.from(DATA.test.images, (v) => (v / 255 - 0.35) / 0.25));
  const targets = teacher.targets(x, 2);
  for (let i = 0; i < 30; i++) {
    const powers = [0, 1, 2].map((c) => Math.exp(logits[i * 3 + c]! / 2));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, c) => {
      assert.ok(Math.abs(targets[i * 3 + c]! - power / sum) < 1e-5);
    });
  }
  const used = runtime.heap.used;
  createTeacher(runtime, model).close();
  assert.equal(runtime.heap.used, used);
});

test('a network learns from the answers alone: its teacher never shows it a label', () => {
  const runtime = referenceRuntime();
  const teacher = teacherOn(runtime);
  const wrong = { ...DATA.train, labels: DATA.train.labels.map((label) => (label + 1) % 3) };
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(2));
  const options = { ...TAUGHT, epochs: 4 };
  for (const _ of train(runtime, model, { train: wrong, test: DATA.test, teacher }, options));
  assert.ok(evaluate(runtime, model, DATA.test).accuracy >= 80);
});

test('the same bits for any number of workers, and across a stop', () => {
  const tensors = [1, 3].map((workers) => {
    const runtime = createRuntime({ workers });
    const teacher = createModel(runtime.heap, smallNetwork(), Random.seeded(9));
    const start = (): Model => createModel(runtime.heap, smallNetwork(), Random.seeded(1));
    const stopped = workers === 1 ? undefined : last(runtime, start(), teacher, undefined, 7);
    const found = [...last(runtime, start(), teacher, stopped).tensors];
    runtime.close();
    return found;
  });
  assert.deepEqual(tensors[1], tensors[0]);
});

test('a teacher of other images or classes, and one whose word has no weight, are refused', () => {
  const runtime = referenceRuntime();
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
  const other = { ...model, architecture: { ...model.architecture, classes: 4 } };
  assert.throws(
    () => last(runtime, model, other),
    /InputError: teacher small: expected images of 6x6x1 in 3 classes, as small has, found .* in 4 classes/,
  );
  const deaf = { ...DATA, teacher: model };
  assert.throws(
    () => [...train(runtime, model, deaf, SMALL_OPTIONS)],
    /teacherWeight above 0 need each other/,
  );
  assert.throws(() => [...train(runtime, model, DATA, TAUGHT)], /teacherWeight above 0 need each other/);
});
