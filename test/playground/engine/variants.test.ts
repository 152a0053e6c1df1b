/** @file The sliders: every neuron runs and keeps its laws, and what the converter would have made is what they make. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../../src/convert/convert.ts';
import { checkLaws } from '../../../src/playground/engine/check-laws.ts';
import { probeNeuron } from '../../../src/playground/engine/probe.ts';
import { runPicture } from '../../../src/playground/engine/run-picture.ts';
import { synapsesOf } from '../../../src/playground/engine/synapses.ts';
import { variantOf } from '../../../src/playground/engine/variant.ts';
import { DEFAULT_SETTINGS } from '../../../src/playground/state/state.ts';
import { NEURONS } from '../../../src/snn/neurons/index.ts';
import { withWorkbench } from './workbench.ts';

test('all nine neurons run in every schedule that they have, and break no law', () =>
  withWorkbench((bench, { picture }) => {
    for (const { name, settling } of NEURONS)
      for (const schedule of [null, 'layered', ...(settling ? (['settling'] as const) : [])] as const) {
        const settings = { ...DEFAULT_SETTINGS, steps: 5, neuron: name, schedule };
        const { spikes, logits, ann, fits } = runPicture(bench, picture, settings);
        assert.equal(logits.length, 5 * ann.length);
        assert.ok(
          spikes[0]!.some((s) => s !== 0),
          `${name} is silent`,
        );
        assert.equal(fits, ['half', 'full', 'tracer', 'rest'].includes(name), name);
        const broken = checkLaws(bench.run!, synapsesOf(bench.run!.sound)).filter(({ holds }) => !holds);
        assert.deepEqual(broken, [], `${name}, ${schedule}`);
      }
  }));

test('a neuron that the converter offers is the same network here and there', () =>
  withWorkbench((bench) => {
    const { snn, trained } = bench.open!;
    for (const neuron of ['full', 'tracer', 'rest']) {
      const { layers, initialPotential } = variantOf(snn, { ...DEFAULT_SETTINGS, neuron });
      const converted = convert(trained!.network, { neuron }).snn;
      assert.deepEqual(layers, converted.layers, neuron);
      assert.equal(initialPotential, converted.initialPotential);
    }
  }));

test('twice the threshold has steps of twice the height, and takes twice the current to be full', () =>
  withWorkbench((bench, { picture }) => {
    const rises = (thetaScale: number): number => {
      runPicture(bench, picture, { ...DEFAULT_SETTINGS, steps: 4, thetaScale });
      const { staircase, unit } = probeNeuron(bench.run!, 0, 0);
      assert.equal(unit, thetaScale);
      const heights = new Set(staircase.map(([, y]) => y));
      return Math.min(...[...heights].filter((y) => y > 0));
    };
    assert.deepEqual([rises(1), rises(2), rises(0.5)], [0.25, 0.5, 0.125]);
  }));

test('a neuron looked at: its potential obeys its own currents and spikes, its staircase ends where its range does', () =>
  withWorkbench((bench, { picture }) => {
    runPicture(bench, picture, DEFAULT_SETTINGS);
    const { theta, v0, current, spikes, potential, staircase, activation } = probeNeuron(bench.run!, 1, 500);
    let v = v0;
    spikes.forEach((s, t) => {
      v = Math.fround(Math.fround(v + current[t]!) - Math.fround(theta * s));
      assert.equal(potential[t], v);
    });
    assert.deepEqual([staircase[0]![1], staircase.at(-1)![1]], [-1, 1]);
    for (const [k, [z, rate]] of staircase.entries()) {
      assert.equal(activation[k]![0], z);
      assert.ok(Math.abs(rate - activation[k]![1]) <= 0.5 / DEFAULT_SETTINGS.steps + 1e-9, `at ${z}`);
    }
  }));
