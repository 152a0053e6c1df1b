import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { beyondUnitScale } from '../../src/data/unit-scale.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { parseNumbers } from '../../src/lab/data-words.ts';
import { normalisationOf } from '../../src/onnx/import/normalisation.ts';

test('numbers that pictures of values from 0 to 1 can have pass; what counts to 255 is told with the right number', () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (value) =>
      assert.equal(beyondUnitScale([value]), null),
    ),
  );
  assert.match(beyondUnitScale([33.32])!, /from 0 to 1, found 33\.32; divide it by 255: 0\.13067$/);
  assert.match(beyondUnitScale([0, 0, 255])!, /found 0, 0, 255; divide them by 255: 0,0,1$/);
});

test('an option, an import, metadata of a file and a data set refuse them alike', async () => {
  const told = /values from 0 to 1, found 33; divide it by 255: 0\.12941/;
  assert.throws(() => parseNumbers('33'), told);
  const given = { mean: [33], deviation: [0.5] };
  assert.throws(() => normalisationOf(given, new Map(), 1, 'net.onnx'), told);
  const metadata = new Map([
    ['mean', '0.5'],
    ['std', '33'],
  ]);
  assert.throws(() => normalisationOf(null, metadata, 1, 'net.onnx'), /net\.onnx: a deviation: .*found 33/);
  for (const one of [{ mean: [33] }, { deviation: [33] }])
    await assert.rejects(openDataset('strokes', 'test', { limit: 10, ...one }), told);
});
