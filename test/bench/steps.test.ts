/** @file What a choice by time step would save: never less than nothing, and nothing only where it is the choice by layer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choiceBySteps, stepTable } from '../../bench/steps/suite.ts';
import { convert } from '../../src/convert/convert.ts';
import { chooseProducts } from '../../src/snn/simd/choose-products.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

const REQUEST = { steps: 8, schedule: 'layered' } as const;

test('as many layers and steps as the choice by one step takes otherwise', () => {
  let some = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const trained = randomTrainedNetwork(seed);
    const { snn } = convert(trained, { neuron: seed % 2 === 0 ? 'half' : 'rest' });
    const images = randomImages(trained, 2, seed);
    const { others, of, saved } = choiceBySteps(snn, images);
    const { layers } = simulate(snn, images, REQUEST);
    const chosen = (densityOf: (density: Float64Array) => number): ReadonlySet<number> =>
      chooseProducts(
        snn,
        REQUEST,
        layers.map(({ density }) => densityOf(density)),
      );
    const whole = chosen((density) => density.reduce((sum, one) => sum + one, 0) / 8);
    let different = 0;
    for (let t = 0; t < 8; t++) {
      const own = chosen((density) => density[t]!);
      for (const l of layers.keys()) if (own.has(l) !== whole.has(l)) different++;
    }
    assert.equal(others, different);
    assert.ok(of % 8 === 0 && others <= of);
    assert.ok(others === 0 ? Math.abs(saved) < 1e-9 : saved > 0 && saved < 100);
    some += others;
  }
  assert.ok(some > 0, 'some networks change their ways');
});

test('the table has a row for each network, neuron and kind of weights', () => {
  const choice = {
    network: 'vgg',
    neuron: 'rest',
    weights: 'int8',
    others: 1,
    of: 56,
    saved: 0.0521,
  } as const;
  const table = stepTable({ images: 32, steps: 8, choices: [choice] });
  assert.match(table, /32 test images of CIFAR-10, T = 8/);
  assert.match(table, /\nvgg +rest +int8 +1 of 56 +0\.052 %$/);
});
