import { InputError } from '../../../src/errors.ts';
import { parseNetwork } from '../../../src/format/network-json.ts';
import { parseJson } from '../../../src/format/parse-json.ts';
import { nearlyJson } from '../mutate/json.ts';
import { type FuzzTarget, target } from '../target.ts';

const conv = { kind: 'conv2d', outChannels: 2, kernel: 3, padding: 1 };
const SAMPLES = [
  { name: 'small', layers: [{ kind: 'flatten' }, { kind: 'linear', outputs: 3 }] },
  {
    $schema: 'network.schema.json',
    name: 'wide',
    layers: [
      { ...conv, kernel: [3, 1], padding: [1, 1, 0, 0], stride: [2, 1], dilation: 1, groups: 1, bias: false },
      { kind: 'batchNorm', epsilon: 1e-5, momentum: 0.1 },
      { kind: 'strelu', levels: 4, rounding: 'round', thetaPer: 'channel' },
      { kind: 'avgPool', size: 2 },
      { kind: 'residual', body: [conv, { kind: 'trelu' }], shortcut: [{ ...conv, kernel: 1, padding: 0 }] },
      { kind: 'concat', branches: [[conv], []] },
      { kind: 'tleaky-relu', leak: 0.1 },
      { kind: 'dropout', rate: 0.5 },
      { kind: 'flatten' },
      { kind: 'linear', outputs: 3 },
    ],
  },
];

export const network: FuzzTarget = target({
  name: 'network',
  says: 'a network description, built for images of 8 x 8',
  inputs: nearlyJson(...SAMPLES),
  read(text: string) {
    const value = parseJson(text, (fact) => {
      throw new InputError(`x.json: ${fact}`);
    });
    const { name, network } = parseNetwork(value, 'x.json');
    network([8, 8, 1], name);
  },
});
