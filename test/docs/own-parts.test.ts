/** @file Every kind of part that a user may write is on the guide's page, in at most twelve lines. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { programOf } from './blocks.ts';

const MOST = 12;
const KINDS = [
  'Neuron',
  'OwnActivation',
  'OwnLayer',
  'ConversionMethod',
  'Estimator',
  'Operation',
  '(prediction: TensorInterface, target: TensorInterface) => TensorInterface',
];

test('a part of one’s own is a few lines', () => {
  const program = programOf(readFileSync(new URL('../docs/guide/own-parts.md', SOURCE_FOLDER), 'utf8'));
  for (const kind of KINDS) {
    const start = program.indexOf(`: ${kind} =`);
    assert.ok(start >= 0, kind);
    const text = program.slice(start).split(/;\n/, 1)[0]!;
    const lines = text.split('\n').length;
    assert.ok(lines <= MOST, `${kind}: ${lines} lines`);
  }
});
