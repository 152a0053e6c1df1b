import assert from 'node:assert/strict';
import { exportStateDict } from '../../../src/format/state-dict/export-state-dict.ts';
import { importStateDict } from '../../../src/format/state-dict/import-state-dict.ts';
import { nearlySafetensors } from '../mutate/safetensors.ts';
import { TRAINED } from '../samples.ts';
import { type FuzzTarget, target } from '../target.ts';

export const stateDict: FuzzTarget = target({
  name: 'state-dict',
  says: "PyTorch's weights for an architecture",
  inputs: nearlySafetensors([exportStateDict(TRAINED)]),
  read(bytes: Uint8Array) {
    const { architecture } = TRAINED;
    const { network } = importStateDict(bytes, architecture, 'x');
    const again = importStateDict(exportStateDict(network), architecture, 'y');
    assert.deepEqual(again.network.weights, network.weights);
  },
});
