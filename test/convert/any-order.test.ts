/** @file Whatever stands between weights and activations, in any order: folded it is the trained network, or it is refused with a remedy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { InputError } from '../../src/errors.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { Random } from '../../src/random/random.ts';
import { evaluate } from '../support/oracle/trained.ts';
import { randomOrder } from './random-order.ts';

test('linear layers in any order: the folded network is the trained one', () => {
  const seen = { converted: 0, refused: 0 };
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const network = randomOrder(seed);
      const clip = JSON.stringify(network.architecture).includes('"trelu"') ? 'trelu' : 'strelu';
      let snn: ReturnType<typeof convert>['snn'];
      try {
        ({ snn } = convert(network, { method: clip }));
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.message, /^[\w/]+: .+; .+/, 'layer, reason, remedy');
        seen.refused++;
        return;
      }
      seen.converted++;
      const random = Random.seeded(seed);
      const image = Float32Array.from({ length: mapSize(snn.input) }, () => (random.integer(17) - 8) / 8);
      const expected = evaluate(network, image);
      const size = Math.max(1, ...expected.map(Math.abs));
      const { logits } = runFolded(snn, image);
      logits.forEach((logit, c) => {
        assert.ok(Math.abs(logit - expected[c]!) <= 1e-4 * size, `${logit} is not ${expected[c]}`);
      });
    }),
    { numRuns: 300 },
  );
  assert.ok(seen.converted > seen.refused && seen.refused > 0, JSON.stringify(seen));
});
