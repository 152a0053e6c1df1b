import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { decodeModel, encodeModel } from '../../src/format/model-format.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/format/safetensors.ts';
import { decodeSnn, encodeSnn } from '../../src/format/snn-format.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { flatten, linear, strelu } from '../../src/nn/layers.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';

const LEARNED = {
  mean: [0.1, 1 / 3, 0.7],
  deviation: [0.2, 0.30000000000000004, 1],
  classNames: ['cat', 'dog'],
};

function trained() {
  const runtime = createRuntime({ workers: 1 });
  try {
    const architecture = sequential(flatten(), linear(4), strelu(), linear(2))([2, 2, 3]);
    const model = createModel(runtime.heap, architecture, Random.seeded(1));
    return exportNetwork(model, { seed: 1 }, LEARNED);
  } finally {
    runtime.close();
  }
}

test('what was learned of the data travels from the model file to the spiking network and its file, bit for bit', () => {
  const network = trained();
  const read = decodeModel(encodeModel(network), 'm');
  assert.deepEqual(read.learned, LEARNED);
  const { snn } = convert(read, { method: 'strelu', neuron: 'tracer' });
  for (const one of [snn, quantisedToInt8(snn), exactNetwork(snn, 4)])
    assert.deepEqual(decodeSnn(encodeSnn(one), 's').learned, LEARNED);
});

test('files without it load as before; a wrong field is refused by name', () => {
  const { learned: _, ...plain } = trained();
  const bytes = encodeModel(plain);
  assert.equal(Object.hasOwn(decodeModel(bytes, 'm'), 'learned'), false);
  const refused = (learned: unknown, message: RegExp): void => {
    const file = decodeSafetensors(bytes, 'm');
    const metadata = {
      ...file.metadata,
      learned: typeof learned === 'string' ? learned : JSON.stringify(learned),
    };
    assert.throws(() => decodeModel(encodeSafetensors({ ...file, metadata }), 'm'), message);
  };
  refused('{', /^InputError: m: metadata learned is not JSON/);
  refused({ ...LEARNED, mean: [1] }, /^InputError: m: learned: mean should be 3 numbers, found \[1\]/);
  refused(
    { ...LEARNED, deviation: [1, 0, 1] },
    /^InputError: m: learned: deviation should be 3 numbers above 0/,
  );
  refused({ ...LEARNED, mean: ['a'] }, /mean should be a list of numbers/);
  refused({ ...LEARNED, classNames: ['one'] }, /classNames should be 2 names, found 1/);
});
