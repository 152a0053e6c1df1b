/** @file The error anatomy: its parts sum to the whole, and each is 0 where theory says that it must be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anatomyOf } from '../../../src/proof/anatomy/anatomy-of.ts';
import { AnatomyTally } from '../../../src/proof/anatomy/anatomy-tally.ts';
import { ERROR_PARTS } from '../../../src/proof/anatomy/layer-anatomy.ts';
import { checkOverload } from '../../../src/proof/laws/check-overload.ts';
import { traceLayer } from '../../../src/proof/laws/trace-layer.ts';
import { runFolded } from '../../../src/proof/networks/run-folded.ts';
import type { SpikingNetwork } from '../../../src/snn/network.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import type { NetworkCase } from '../../support/network-cases.ts';
import { counterpart, dyadicCases, RECORD, splitRun } from './anatomy-cases.ts';

const kinds = ['full', 'half', 'unipolar', 'tracer'] as const;
const names = fc.constantFrom('strelu', 'trelu', 'tleaky-relu', 'relu');
const near = (found: number, expected: number, what: string): void =>
  assert.ok(Math.abs(found - expected) <= 1e-12 * (1 + Math.abs(expected)), `${what}: ${found}, ${expected}`);
const one = (): NetworkCase => fc.sample(dyadicCases('half'), { numRuns: 1, seed: 1 })[0]!;
const counterparts = (network: SpikingNetwork, name: 'strelu' | 'trelu' | 'tleaky-relu' | 'relu') =>
  network.layers.slice(0, -1).map(() => counterpart(name));

test('the parts sum to the whole exactly, neuron by neuron, for every neuron and activation', () => {
  fc.assert(
    fc.property(dyadicCases(...kinds), names, (sample, name) => {
      const { splits, result, activations } = splitRun(sample, counterparts(sample.network, name));
      splits.forEach(({ whole, clipping, quantisation, propagated, unevenness }, l) => {
        whole.forEach((e, i) => {
          assert.equal(clipping[i]! + quantisation[i]! + propagated[i]! + unevenness[i]!, e);
          assert.equal(activations[l]![i]! + e, result.record[l]!.counts![i]! / sample.steps);
        });
      });
    }),
    { numRuns: 150 },
  );
});

test('clipping is 0 where no activation is beyond theta, and all that is beyond it elsewhere', () => {
  let beyond = 0;
  fc.assert(
    fc.property(dyadicCases('unipolar'), fc.constantFrom('trelu', 'relu'), (sample, name) => {
      const { splits, activations } = splitRun(sample, counterparts(sample.network, name));
      splits.forEach(({ clipping }, l) => {
        clipping.forEach((e, i) => {
          const a = activations[l]![i]!;
          assert.equal(e, a > 1 ? 1 - a : 0);
          if (a > 1) beyond++;
        });
      });
    }),
    { numRuns: 60 },
  );
  assert.ok(beyond > 100);
});

test('a first layer has constant currents: nothing is propagated, nothing uneven', () => {
  fc.assert(
    fc.property(dyadicCases(...kinds), (sample) => {
      const { propagated, unevenness } = splitRun(sample).splits[0]!;
      assert.ok([...propagated, ...unevenness].every((e) => e === 0));
    }),
    { numRuns: 100 },
  );
});

test('settling neurons know no order: no unevenness in any layer; step by step there is some', () => {
  let uneven = 0;
  fc.assert(
    fc.property(dyadicCases('half', 'unipolar', 'tracer'), (sample) => {
      const { network, image, steps } = sample;
      const settled = simulate(network, image, { steps, record: { counts: true }, schedule: 'settling' });
      for (const { parts, residual } of anatomyOf(network, image, settled)) {
        assert.equal(parts.unevenness.touched, 0);
        assert.equal(residual, null);
      }
      for (const { unevenness } of splitRun(sample).splits)
        uneven += unevenness.filter((e) => e !== 0).length;
    }),
    { numRuns: 100 },
  );
  assert.ok(uneven > 0);
});

test('at T = L a QCFS grid is quantised to itself: no quantisation error', () => {
  fc.assert(
    fc.property(dyadicCases('unipolar'), ({ network: any, image, steps }) => {
      const network = { ...any, initialPotential: 0.5 };
      const grid = network.layers.slice(0, -1).map(() => counterpart('qcfs', steps));
      for (const { quantisation, clipping } of splitRun({ network, image, steps }, grid).splits)
        assert.ok([...quantisation, ...clipping].every((e) => e === 0));
    }),
    { numRuns: 100 },
  );
});

test('the anatomy is the statistics of the splits; sums of currents follow from counts and weights', () => {
  fc.assert(
    fc.property(dyadicCases(...kinds), names, (sample, name) => {
      const { network, image } = sample;
      const { splits, result } = splitRun(sample, counterparts(network, name));
      const layers = anatomyOf(network, image, result, counterparts(network, name));
      layers.forEach((layer, l) => {
        for (const part of [...ERROR_PARTS, 'whole'] as const) {
          const errors = [...splits[l]![part]];
          const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / errors.length;
          const found = part === 'whole' ? layer.whole : layer.parts[part];
          near(found.mean, mean(errors), `${part} mean`);
          near(found.rms, Math.sqrt(mean(errors.map((e) => e * e))), `${part} rms`);
          near(found.positive, mean(errors.map((e) => Math.max(e, 0))), `${part} positive`);
          near(found.negative, mean(errors.map((e) => Math.max(-e, 0))), `${part} negative`);
          near(found.touched, mean(errors.map((e) => Number(e !== 0))), `${part} touched`);
          assert.equal(
            found.histogram.bins.reduce((a, b) => a + b, 0),
            errors.length,
          );
        }
      });
    }),
    { numRuns: 100 },
  );
});

test('overload and residual membranes are those of the trace', () => {
  fc.assert(
    fc.property(dyadicCases('full', 'half', 'unipolar'), ({ network, image, steps }) => {
      const result = simulate(network, image, { steps, record: RECORD });
      anatomyOf(network, image, result).forEach((layer, l) => {
        const trace = traceLayer(network, result, l, 0);
        assert.equal(layer.overload, checkOverload(trace).share);
        const left = [...trace.potential].map(
          // by conservation (L1), not from the record
          (_, i) =>
            (trace.sumCurrent[i]! + trace.v0[i]! - trace.theta[i]! * trace.counts[i]!) / trace.theta[i]!,
        );
        near(layer.residual!.mean, left.reduce((a, b) => a + b, 0) / left.length, 'mean');
        near(layer.residual!.rms, Math.sqrt(left.reduce((a, b) => a + b * b, 0) / left.length), 'rms');
      });
    }),
    { numRuns: 60 },
  );
});

test('image by image or all at once: the same anatomy; without potentials on record no residual', () => {
  fc.assert(
    fc.property(dyadicCases('half', 'unipolar'), ({ network, image, steps }) => {
      const both = Float32Array.from([...image, ...image.map((x) => x / 2), ...image.map((x) => x / 4)]);
      const record = { counts: true };
      const whole = anatomyOf(network, both, simulate(network, both, { steps, record }));
      const tally = new AnatomyTally(network, steps, 'streaming');
      for (const at of [0, image.length, 2 * image.length]) {
        const pixels = both.subarray(at, at + image.length);
        const spikes = simulate(network, pixels, { steps, record: { spikes: true } });
        tally.add(spikes, 0, pixels, runFolded(network, pixels));
      }
      assert.ok(whole.every(({ residual, images }) => residual === null && images === 3));
      tally.layers.forEach((layer, l) => {
        const { overload, ...rest } = layer;
        const { overload: mean, ...same } = whole[l]!;
        assert.equal(overload, mean);
        assert.deepEqual(rest, same);
      });
    }),
    { numRuns: 40 },
  );
});

test('an anatomy is plain data: JSON gives it back', () => {
  const { network, image, steps } = one();
  const layers = anatomyOf(network, image, simulate(network, image, { steps, record: RECORD }));
  assert.deepEqual(JSON.parse(JSON.stringify(layers)), layers);
});

test('runs without counts, or that ended early, are refused', () => {
  const { network, image } = one();
  const bare = simulate(network, image, { steps: 2 });
  assert.throws(() => anatomyOf(network, image, bare), /^InputError: .*: expected counts on record/);
  const stop = { rule: 'margin', margin: 0 } as const;
  const stopped = simulate(network, image, { steps: 2, stop, record: { counts: true } });
  assert.throws(() => anatomyOf(network, image, stopped), /^InputError: .*found an early stop; run them all/);
});
