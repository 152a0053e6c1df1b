import assert from 'node:assert/strict';
import { InputError } from '../../../src/errors.ts';
import { parseJson, writeJson } from '../../../src/format/parse-json.ts';
import { nearlyJson } from '../mutate/json.ts';
import { type FuzzTarget, target } from '../target.ts';

const refuse = (fact: string): never => {
  throw new InputError(`x.json: ${fact}`);
};

export const json: FuzzTarget = target({
  name: 'json',
  says: 'JSON text: what is read is what JSON.parse reads',
  inputs: nearlyJson({ a: [1, { b: 'x', c: null }], d: { e: -0.5 } }, [[], {}]),
  read(text: string) {
    const value = parseJson(text, refuse);
    assert.deepEqual(value, JSON.parse(text));
    const again = writeJson(value);
    assert.equal(writeJson(parseJson(again, refuse)), again);
  },
});
