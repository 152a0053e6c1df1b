/** @file Broken on purpose, a network breaks the law that speaks about what was broken, in the layer where it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakageOf } from '../../../src/playground/engine/breakage.ts';
import { checkLaws } from '../../../src/playground/engine/check-laws.ts';
import { runPicture } from '../../../src/playground/engine/run-picture.ts';
import type { Workbench } from '../../../src/playground/engine/workbench.ts';
import type { Breakage, FaultKind, Sample } from '../../../src/playground/protocol.ts';
import { DEFAULT_SETTINGS } from '../../../src/playground/state/state.ts';
import { withWorkbench } from './workbench.ts';

/** The laws that are broken, each with its first layer. */
function brokenBy(
  bench: Workbench,
  { picture }: Sample,
  kind: FaultKind,
  layer: number,
): { readonly laws: Record<string, string>; readonly breakage: Breakage | null } {
  runPicture(bench, picture, { ...DEFAULT_SETTINGS, fault: { kind, layer } });
  const rows = checkLaws(bench.run!, 0);
  const laws = Object.fromEntries(
    rows.filter(({ holds }) => !holds).map(({ id, layer: where }) => [id, where]),
  );
  return { laws, breakage: breakageOf(bench, bench.run!) };
}

test('unbroken, every law holds', () =>
  withWorkbench((bench, digit) => {
    const { laws, breakage } = brokenBy(bench, digit, 'none', 0);
    assert.deepEqual(laws, {});
    assert.equal(breakage, null);
    assert.ok(checkLaws(bench.run!, 0).length >= 5);
  }));

test('each fault is noticed by its law, in its layer', () =>
  withWorkbench((bench, digit) => {
    for (const layer of [0, 1, 2]) {
      const name = bench.open!.snn.layers[layer]!.name;
      assert.equal(brokenBy(bench, digit, 'weight', layer).laws.L18, name);
      assert.equal(brokenBy(bench, digit, 'bias', layer).laws.L18, name);
      assert.equal(brokenBy(bench, digit, 'threshold', layer).laws.L1, name);
    }
    assert.equal(brokenBy(bench, digit, 'reset', 0).laws.L1, 'act1');
    const firing = brokenBy(bench, digit, 'firing', 0).laws;
    assert.equal(firing.L7, 'act1');
    assert.equal(firing.L1, undefined, 'what is sent late is not lost');
  }));

test('the layer where the answer goes another way is the one that was broken', () =>
  withWorkbench((bench, digit) => {
    for (const layer of [0, 1, 2]) {
      const { breakage } = brokenBy(bench, digit, 'bias', layer);
      assert.equal(breakage!.firstLayer, bench.open!.snn.layers[layer]!.name);
      assert.ok(breakage!.differing > 0 && breakage!.differing <= breakage!.neurons);
    }
    const readout = bench.open!.snn.layers.length - 1;
    assert.equal(
      brokenBy(bench, digit, 'bias', readout).breakage!.firstLayer,
      bench.open!.snn.layers[readout]!.name,
    );
  }));
