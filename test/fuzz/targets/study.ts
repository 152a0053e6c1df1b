import { jsonOf } from '../../../src/io/files.ts';
import { parseStudy } from '../../../src/lab/sweep/read-study.ts';
import { nearlyJson } from '../mutate/json.ts';
import { type FuzzTarget, target } from '../target.ts';

const SAMPLE = {
  $schema: 'study.schema.json',
  name: 'seeds',
  repeat: ['seed'],
  metrics: ['ann.accuracy'],
  stages: [
    { name: 'train', command: 'train', options: { epochs: 1 }, grid: { seed: [1, 2], width: [0.5, 1] } },
    { name: 'convert', command: 'convert', after: 'train', where: { seed: 1 }, list: [{ neuron: 'half' }] },
  ],
};

export const study: FuzzTarget = target({
  name: 'study',
  says: 'studies of many runs',
  inputs: nearlyJson(SAMPLE),
  read(text: string) {
    const study = parseStudy(jsonOf(new TextEncoder().encode(text), 's.json'), 's.json');
    void study;
  },
});
