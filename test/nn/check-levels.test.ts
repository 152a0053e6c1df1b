/** @file A level for each activation of every model, and none that no activation would have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allLayers } from '../../src/nn/inner-layers.ts';
import { activationsOf } from '../../src/nn/models/check-levels.ts';
import { activationsIn, MODELS, type ModelName } from '../../src/nn/models/index.ts';

test('as many levels as activations are given out in order; one more is refused', () => {
  for (const name of Object.keys(MODELS) as ModelName[]) {
    const made = (layerLevels: number[]) =>
      MODELS[name]([32, 32, 3], 10, { activation: 'strelu', width: 0.1, layerLevels });
    const most = activationsIn(name);
    const levels = Array.from({ length: most }, (_, i) => i + 1);
    const architecture = made(levels);
    assert.equal(activationsOf(architecture), most);
    const found = allLayers(architecture.layers).flatMap((layer) =>
      layer.kind === 'activation' ? [layer.levels] : [],
    );
    assert.deepEqual(
      found.sort((a, b) => a - b),
      levels,
      name,
    );
    assert.throws(
      () => made([...levels, 7]),
      new RegExp(
        `^UsageError: layerLevels: expected at most ${most}, one for each activation of ${name}, found ${most + 1}`,
      ),
    );
  }
  assert.equal(activationsIn('mine.json'), Number.POSITIVE_INFINITY);
});
