import assert from 'node:assert/strict';
import { convert } from '../../../src/convert/convert.ts';
import { decodeModel, encodeModel } from '../../../src/format/model-format.ts';
import { encodeSnn } from '../../../src/format/snn-format.ts';
import { summarise } from '../../../src/nn/summary.ts';
import { nearlySafetensors } from '../mutate/safetensors.ts';
import { TRAINED } from '../samples.ts';
import { type FuzzTarget, target } from '../target.ts';

const samples = [encodeModel(TRAINED), encodeModel(TRAINED, { halfWeights: true })];

export const model: FuzzTarget = target({
  name: 'model',
  says: 'a trained network; what loads is converted',
  inputs: nearlySafetensors(samples, ['architecture', 'architecture', 'provenance']),
  read(bytes: Uint8Array) {
    const network = decodeModel(bytes, 'x');
    assert.deepEqual(decodeModel(encodeModel(network), 'y'), network);
    summarise(network.architecture);
    encodeSnn(convert(network).snn);
  },
});
