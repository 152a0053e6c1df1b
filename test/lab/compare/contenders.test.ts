import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONVERSION_METHODS, methodNamed } from '../../../src/convert/methods/index.ts';
import { BASELINES, CONTENDERS } from '../../../src/lab/compare/contenders.ts';
import { TRAININGS } from '../../../src/lab/compare/trainings.ts';
import { neuronNamed } from '../../../src/snn/neurons/index.ts';

test('every contender: a training whose activation its method takes, a neuron that the method has', () => {
  assert.equal(new Set(CONTENDERS.map(({ id }) => id)).size, CONTENDERS.length);
  assert.equal(new Set(CONTENDERS.map(({ title }) => title)).size, CONTENDERS.length);
  for (const contender of CONTENDERS) {
    const training = TRAININGS.find(({ id }) => id === contender.training)!;
    const method = methodNamed(contender.method);
    assert.ok(method.activations.includes(training.run.activation!), contender.id);
    const neuron = neuronNamed(contender.neuron);
    assert.ok(method.neurons.includes(neuron), contender.id);
    assert.ok(contender.schedule === 'layered' || neuron.settling, contender.id);
  }
  for (const method of CONVERSION_METHODS)
    assert.ok(
      CONTENDERS.some((contender) => contender.method === method.name),
      method.name,
    );
  for (const { id } of TRAININGS)
    assert.ok(
      CONTENDERS.some((contender) => contender.training === id),
      id,
    );
  for (const id of BASELINES) assert.ok(CONTENDERS.find((contender) => contender.id === id)!.ours);
});
