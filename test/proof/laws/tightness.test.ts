/**
 * @file Slacks, ties and rounding terms are as wide as they say and no wider: a case just inside passes, one just outside does not.
 * Each test fails when its constant is doubled, and when it is halved.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currentRounding } from '../../../src/proof/bounds/interval-bounds.ts';
import { checkConservation } from '../../../src/proof/laws/check-conservation.ts';
import { checkCountLaw } from '../../../src/proof/laws/check-count-law.ts';
import { checkExactLaw } from '../../../src/proof/laws/check-exact-law.ts';
import { checkOverload } from '../../../src/proof/laws/check-overload.ts';
import type { LayerTrace } from '../../../src/proof/laws/layer-trace.ts';
import { traceLayer } from '../../../src/proof/laws/trace-layer.ts';
import type { SpikingNetwork } from '../../../src/snn/network.ts';
import { full } from '../../../src/snn/neurons/full.ts';
import { half } from '../../../src/snn/neurons/half.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { wiringOf } from '../../../src/snn/wiring.ts';
import { networkCases } from '../../support/network-cases.ts';

const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;

/** One neuron of threshold 1 that reads one pixel. */
const one: SpikingNetwork = {
  name: 'one',
  input: [1, 1, 1],
  classes: 1,
  neuron: half,
  initialPotential: 0,
  provenance: {},
  layers: [
    {
      name: 'a',
      shape: [1, 1, 1],
      theta: Float32Array.of(1),
      bias: Float32Array.of(0),
      inputs: [{ ...linear, from: -1, weight: Float32Array.of(1) }],
    },
    {
      name: 'r',
      shape: [1, 1, 1],
      theta: new Float32Array(0),
      bias: Float32Array.of(0),
      inputs: [{ ...linear, from: 0, weight: Float32Array.of(1) }],
    },
  ],
};

test('exact law: a count is next to a tie within 2^-11 of a spike, and broken beyond, on both sides', () => {
  // The tie of one step is at x = 1/2: from there on the count is 1.
  const judge = (x: number, count: number) => {
    const [law] = checkExactLaw(one, Float32Array.of(x), [Int32Array.of(count)], 1);
    const { nextToTie, broken } = law!;
    return nextToTie === 1 ? 'tie' : broken === 1 ? 'broken' : 'right';
  };
  const TIE = 2 ** -11;
  for (const [share, verdict] of [
    [0.75, 'tie'],
    [1.25, 'broken'],
  ] as const) {
    assert.equal(judge(0.5 - share * TIE, 1), verdict, `one spike too many, ${share} ties below`);
    assert.equal(judge(0.5 + share * TIE, 0), verdict, `one spike too few, ${share} ties above`);
  }
  assert.equal(judge(0.5, 1), 'right');
  assert.equal(judge(0.5 - TIE / 2, 0), 'right');
  assert.equal(judge(Number.NaN, 0), 'broken');
});

test('conservation: a residual of the rounding bound and its slack of 2^-20 is lost to rounding, more is not', () => {
  const trace = (residual: number): LayerTrace => ({
    ...traceLayer(
      one,
      simulate(one, Float32Array.of(0), {
        steps: 1,
        record: { spikes: true, membrane: true, currents: true },
      }),
      0,
      0,
    ),
    sumCurrent: Float64Array.of(residual),
    roundoff: Float64Array.of(1),
  });
  for (const [residual, broken] of [
    [0, 0],
    [1, 0],
    [1 + 0.75 * 2 ** -20, 0],
    [1 + 1.25 * 2 ** -20, 1],
    [Number.POSITIVE_INFINITY, 1],
  ] as const)
    for (const sign of [1, -1]) {
      const law = checkConservation(trace(sign * residual));
      assert.equal(law.broken, broken, `residual ${residual}`);
      assert.equal(law.exact, residual === 0 ? 1 : 0);
      assert.equal(law.worst, residual);
    }
});

test('conservation: of neurons equally near their bound the first is named', () => {
  const two = (values: readonly [number, number]) => Float64Array.from(values);
  const { worst, bound } = checkConservation({
    ...traceLayer(
      one,
      simulate(one, Float32Array.of(0), {
        steps: 1,
        record: { spikes: true, membrane: true, currents: true },
      }),
      0,
      0,
    ),
    theta: two([1, 1]),
    v0: two([0, 0]),
    counts: Int32Array.of(0, 0),
    excess: two([0, 0]),
    potential: two([0, 0]),
    sumCurrent: two([1, 2]),
    roundoff: two([2, 4]),
  });
  assert.equal(worst, 1);
  assert.ok(bound >= 2 && bound < 3);
});

test('roundoff: half a unit in the last place, 2^-24, of m and of v, at every step', () => {
  const record = { spikes: true, membrane: true, currents: true };
  fc.assert(
    fc.property(networkCases({ neurons: ['full', 'half', 'unipolar'] }), ({ network, image, steps }) => {
      const result = simulate(network, image, { steps, record });
      network.layers.slice(0, -1).forEach(({ theta }, l) => {
        const { spikes, membrane, currents } = result.record[l]!;
        const { roundoff, maxAbsPotential, maxAbsCurrent, sumCurrent } = traceLayer(network, result, l, 0);
        roundoff.forEach((found, i) => {
          let [v, sum, size, peak, largest] = [
            theta[i % theta.length]! * network.initialPotential,
            0,
            0,
            0,
            0,
          ];
          for (let t = 0; t < steps; t++) {
            const at = t * roundoff.length + i;
            sum += currents![at]!;
            largest = Math.max(largest, Math.abs(currents![at]!));
            size += Math.abs(v + currents![at]!) + Math.abs(membrane![at]!);
            v = membrane![at]!;
            peak = Math.max(peak, Math.abs(v));
            assert.ok(Math.abs(spikes![at]!) <= 1);
          }
          assert.ok(Math.abs(found - size * 2 ** -24) <= 1e-12 * size, `${found}, ${size} * 2^-24`);
          assert.deepEqual([maxAbsPotential[i], maxAbsCurrent[i], sumCurrent[i]], [peak, largest, sum]);
        });
      });
    }),
    { numRuns: 60 },
  );
});

test('the rounding of a current: 2^-24 for each of its additions, of twice its reach and of itself', () => {
  fc.assert(
    fc.property(
      networkCases({ neurons: ['half'] }),
      fc.double({ min: -8, max: 8, noNaN: true }),
      ({ network }, x) => {
        for (const layer of wiringOf(network)) {
          const mean = Float64Array.from(layer.reach, () => x);
          currentRounding(layer, mean).forEach((found, i) => {
            const expected = (layer.terms * (2 * layer.reach[i]! + Math.abs(x))) / 2 ** 24;
            assert.ok(Math.abs(found - expected) <= 1e-12 * expected, `${found}, expected ${expected}`);
          });
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('overload: a potential of either sign may reach its bound and twice its roundoff, and no more', () => {
  const run = simulate(one, Float32Array.of(0), {
    steps: 1,
    record: { spikes: true, membrane: true, currents: true },
  });
  const trace = (potential: number): LayerTrace => ({
    ...traceLayer(one, run, 0, 0),
    theta: Float64Array.of(8),
    potential: Float64Array.of(potential),
    overloadBound: Float64Array.of(2),
    roundoff: Float64Array.of(0.25),
  });
  for (const sign of [1, -1]) {
    for (const [left, broken] of [
      [0, 0],
      [2, 0],
      [2.5, 0],
      [2.625, 1],
      [Number.POSITIVE_INFINITY, 1],
    ] as const) {
      const law = checkOverload(trace(sign * left));
      assert.deepEqual([law.broken, law.worst, law.bound], [broken, left / 8, 2 / 8], `${sign * left} left`);
    }
  }
  const free = { ...trace(1e9), overloadBound: Float64Array.of(Number.POSITIVE_INFINITY) };
  assert.equal(checkOverload(free).broken, 0, 'an infinite bound claims nothing');
});

test('count law: a count may be off by its bound and twice the roundoff, of either sign; the start must lie within the bound', () => {
  const run = simulate(one, Float32Array.of(0), {
    steps: 1,
    record: { spikes: true, membrane: true, currents: true },
  });
  const HEIGHT = 8;
  const trace = (off: number, v0 = 0, maxAbsCurrent = HEIGHT): LayerTrace => ({
    ...traceLayer(one, run, 0, 0),
    theta: Float64Array.of(HEIGHT),
    counts: Int32Array.of(3),
    sumCurrent: Float64Array.of((3 + off) * HEIGHT - v0),
    v0: Float64Array.of(v0),
    maxAbsCurrent: Float64Array.of(maxAbsCurrent),
    roundoff: Float64Array.of(0.25),
  });
  for (const neuron of [half, full]) {
    const { bound, strict } = neuron.laws.count!;
    const room = (2 * 0.25) / HEIGHT;
    for (const sign of [1, -1]) {
      for (const [off, broken] of [
        [0, 0],
        [bound, 0],
        [bound + 0.75 * room, 0],
        [bound + 1.25 * room, 1],
        [Number.POSITIVE_INFINITY, 1],
      ] as const) {
        const law = checkCountLaw(trace(sign * off), neuron)!;
        assert.deepEqual(
          [law.covered, law.broken, law.worst, law.worstOverloaded],
          [1, broken, off, 0],
          `${off}`,
        );
        assert.deepEqual([law.neurons, law.bound], [1, bound]);
      }
      const edge = sign * bound * HEIGHT;
      for (const [v0, covered] of [
        [edge, strict ? 0 : 1],
        [edge * (1 - 2 ** -10), 1],
        [edge * (1 + 2 ** -10), 0],
      ] as const)
        assert.equal(checkCountLaw(trace(0.25, v0), neuron)!.covered, covered, `v0 = ${v0}`);
      const over = checkCountLaw(trace(sign * 2, 0, HEIGHT + 0.125), neuron)!;
      assert.deepEqual([over.covered, over.broken, over.worst, over.worstOverloaded], [0, 0, 0, 2]);
    }
  }
});

test('overload: neurons that had some are counted once, steps as often as they were; theta itself is none', () => {
  const run = simulate(one, Float32Array.of(0), {
    steps: 1,
    record: { spikes: true, membrane: true, currents: true },
  });
  const all = (...values: readonly number[]): Float64Array => Float64Array.from(values);
  const { share, neurons, worst, bound } = checkOverload({
    ...traceLayer(one, run, 0, 0),
    steps: 5,
    overloads: 6,
    theta: all(2, 4, 8, 8),
    maxAbsCurrent: all(2, 5, 9, 7),
    potential: all(1, -3, 2, 0),
    overloadBound: all(1, 3, 4, 4),
    roundoff: all(0, 0, 0, 0),
  });
  assert.deepEqual([share, neurons, worst, bound], [6 / 20, 2 / 4, 3 / 4, 3 / 4]);
});
