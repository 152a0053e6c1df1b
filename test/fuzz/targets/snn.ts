import assert from 'node:assert/strict';
import { decodeSnn, encodeSnn } from '../../../src/format/snn-format.ts';
import { mapSize } from '../../../src/nn/architecture.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { nearlySafetensors } from '../mutate/safetensors.ts';
import { SPIKING } from '../samples.ts';
import { type FuzzTarget, target } from '../target.ts';

export const snn: FuzzTarget = target({
  name: 'snn',
  says: 'a spiking network, on either grid and on none; what loads is simulated',
  inputs: nearlySafetensors(SPIKING.map(encodeSnn), ['network', 'network', 'provenance']),
  read(bytes: Uint8Array) {
    const network = decodeSnn(bytes, 'x');
    assert.deepEqual(decodeSnn(encodeSnn(network), 'y'), network);
    if (mapSize(network.input) > 1000 || network.layers.length > 20) return;
    const { logits } = simulate(network, new Float32Array(mapSize(network.input)).fill(0.5), { steps: 2 });
    assert.ok(logits.every(Number.isFinite));
  },
});
