/** @file Residual sums whose sides are concatenated: the parts are cut so that both sides end together, or it is said what cannot be cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { concat, conv2d, flatten, type LayerSpec, linear, residual, strelu } from '../../src/nn/layers.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { evaluate } from '../support/oracle/trained.ts';

const INPUT = [3, 3, 2] as const;
const PIXELS = Float32Array.from({ length: 18 }, (_, i) => Math.sin(3 * i));
const small = (channels: number, groups = 1): LayerSpec => conv2d(channels, 1, { groups });

function network(body: readonly LayerSpec[], shortcut: readonly LayerSpec[]): TrainedNetwork {
  const layers = [small(6), strelu(), residual(body, shortcut), strelu(), flatten(), linear(3)];
  const architecture = sequential(...layers)(INPUT);
  const weights = new Map(
    parameterSpecs(architecture.layers).map(({ name, role, shape }, k) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
        role === 'theta' ? 1 : 0.4 * Math.sin(1 + i * 1.7 + k),
      ),
    ]),
  );
  return { architecture, weights, provenance: {} };
}

const sides: Readonly<Record<string, readonly LayerSpec[]>> = {
  'parts of 2 and 4': [concat([small(2)], [small(4)])],
  'parts of 3, 1 and 2': [concat([small(3)], [small(1)], [small(2)])],
  whole: [small(6)],
};

for (const [one, body] of Object.entries(sides))
  for (const [other, shortcut] of Object.entries(sides))
    test(`${one} beside ${other}: the folded network is the trained one`, () => {
      const trained = network(body, shortcut);
      const { logits } = runFolded(convert(trained).snn, PIXELS);
      const expected = evaluate(trained, PIXELS);
      assert.equal(logits.length, expected.length);
      assert.ok(
        logits.every((logit, c) => Math.abs(logit - expected[c]!) < 1e-5),
        `${logits}, ${expected}`,
      );
    });

test('what cannot be cut in parts is refused, with what to do', () => {
  const cut = sides['parts of 2 and 4']!;
  assert.throws(
    () => convert(network(cut, [])),
    /an identity beside a concatenation of currents cannot be converted; end the concatenation's branches in activations/,
  );
  assert.throws(
    () => convert(network(cut, [small(6, 2)])),
    /groups beside a concatenation of currents cannot/,
  );
  assert.throws(
    () => convert(network([small(6, 2)], cut)),
    /groups beside a concatenation of currents cannot/,
  );
  assert.doesNotThrow(
    () => convert(network(sides.whole!, [small(6, 2)])),
    'groups that end where the other side does',
  );
});
