import assert from 'node:assert/strict';
import { jsonOf } from '../../../src/io/files.ts';
import { parsePretrained } from '../../../src/io/pretrained.ts';
import { nearlyJson } from '../mutate/json.ts';
import { type FuzzTarget, target } from '../target.ts';

const SAMPLE = {
  networks: [
    {
      name: 'net',
      file: 'net.safetensors',
      sha256: 'a'.repeat(64),
      bytes: 10,
      dataset: 'mnist',
      command: 'strelu train',
      seed: 1,
      accuracy: { ann: 99, flipped: 99 },
      images: 10,
    },
  ],
};

export const pretrained: FuzzTarget = target({
  name: 'pretrained',
  says: 'the index of the pretrained networks: no path leaves its folder',
  inputs: nearlyJson(SAMPLE),
  read(text: string) {
    for (const { file } of parsePretrained(jsonOf(new TextEncoder().encode(text), 'i.json'), 'i.json'))
      assert.doesNotMatch(file, /[/\\:\0]|^\.{1,2}$|^$/);
  },
});
