/** @file Networks of any geometry, converted: the folded network is the trained one, or the conversion is refused by name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withUnitThresholds } from '../../src/convert/transforms/index.ts';
import { decodeSnn, encodeSnn } from '../../src/format/snn-format.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { convertedOrRefused } from '../support/converted-architecture.ts';
import { evaluate } from '../support/oracle/trained.ts';
import { architectureCases } from '../support/random-architecture.ts';

test('with activations in place of spikes, the converted network is the trained one', () => {
  const seen = { converted: 0, refused: 0 };
  fc.assert(
    fc.property(architectureCases(), ({ network, images, count }) => {
      const snn = convertedOrRefused(network);
      seen[snn ? 'converted' : 'refused']++;
      if (!snn) return;
      const pixels = mapSize(network.architecture.input);
      for (let i = 0; i < count; i++) {
        const image = images.subarray(i * pixels, (i + 1) * pixels);
        const expected = evaluate(network, image);
        const size = Math.max(1, ...expected.map(Math.abs));
        const { logits } = runFolded(snn, image);
        logits.forEach((logit, c) => {
          assert.ok(Math.abs(logit - expected[c]!) <= 1e-4 * size, `${logit} is not ${expected[c]}`);
        });
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(seen.converted > 2 * seen.refused, JSON.stringify(seen));
});

test('with unit thresholds and in rest coding it answers the same', () => {
  fc.assert(
    fc.property(architectureCases(), ({ network, images }) => {
      const snn = convertedOrRefused(network);
      const coded = convertedOrRefused(network, 'rest');
      if (!snn || !coded) return;
      const image = images.subarray(0, mapSize(snn.input));
      const { logits } = runFolded(snn, image);
      for (const other of [withUnitThresholds(snn), coded])
        runFolded(other, image).logits.forEach((logit, c) => {
          const size = Math.max(1, Math.abs(logits[c]!));
          assert.ok(Math.abs(logit - logits[c]!) <= 1e-3 * size, `${logit} is not ${logits[c]}`);
        });
    }),
    { numRuns: 150 },
  );
});

test('a file keeps the converted network, in the shortest words', () => {
  fc.assert(
    fc.property(architectureCases(), ({ network }) => {
      const snn = convertedOrRefused(network);
      if (!snn) return;
      const bytes = encodeSnn(snn);
      const read = decodeSnn(bytes, 'net');
      assert.deepEqual(read, snn);
      assert.deepEqual(encodeSnn(read), bytes);
    }),
    { numRuns: 100 },
  );
});
