/**
 * @file Files that a real PyTorch wrote (bench/peers/export_onnx.py), with the logits that it gave for the same images.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { importOnnx } from '../../src/onnx/import-onnx.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { channelsLast, drawn } from './images.ts';
import { farthest, logitsOf } from './logits.ts';

const FILES = new URL('../test/onnx/files/', SOURCE_FOLDER);

interface Case {
  readonly input: readonly [number, number, number, number];
  readonly seed: number;
  readonly logits: readonly (readonly number[])[];
}

const names = (await readdir(FILES)).filter((name) => name.endsWith('.onnx')).sort();

test('all cases are there: eleven networks, opsets 11 and 13', () => {
  assert.equal(names.length, 21);
});

for (const name of names)
  test(`${name}: PyTorch's logits`, async () => {
    const { network, report } = await importOnnx(await readFile(new URL(name, FILES)), { source: name });
    const text = await readFile(new URL(name.replace(/-\d+\.onnx$/, '.json'), FILES), 'utf8');
    const { input, seed, logits } = JSON.parse(text) as Case;
    const images = channelsLast(
      drawn(
        input.reduce((a, b) => a * b),
        seed,
      ),
      input,
    );
    const found = logitsOf(network, images);
    const distance = farthest(found, logits.flat());
    if (process.env.SHOW)
      console.log(name, distance, report.nodes.map((n) => `${n.operator}>${n.became}`).join(' | '));
    assert.ok(distance < 1e-4, `${distance}`);
  });
