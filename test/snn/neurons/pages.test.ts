/** @file Every neuron's page agrees with what its step does: range, rates, closed form, ideal count, exact mode, laws. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { decodeSnn, encodeSnn } from '../../../src/format/snn-format.ts';
import { settledCount, withinRates } from '../../../src/proof/networks/ideal-count.ts';
import { responseOf } from '../../../src/proof/networks/response.ts';
import { emit } from '../../../src/snn/accumulate.ts';
import { NEURONS, neuronNamed } from '../../../src/snn/neurons/index.ts';
import { CONSERVATION, type Neuron, ratesOf } from '../../../src/snn/neurons/neuron.ts';
import { step } from '../../../src/snn/step.ts';
import { constantCases, neuronCases } from '../../support/neuron-cases.ts';
import { constant, sum } from '../../support/numbers.ts';
import { randomTrainedNetwork } from '../../support/random-network.ts';

/** Neurons with a slope stand for three of them; powers of two, so that nothing rounds. */
const PAGES: readonly Neuron[] = NEURONS.flatMap((neuron) =>
  neuron.withSlope ? [1, 0.5, 0.125].map((slope) => neuron.withSlope!(slope)) : [neuron],
);

/** The spikes and the last potential; unlike the helper of the laws, with T for the rules that need it. */
function run(
  neuron: Neuron,
  currents: readonly number[],
  v0: number,
  theta: number,
  steps = currents.length,
) {
  let [v, sent] = [v0, 0];
  const spikes = currents.map((current) => {
    const fired = step(v, current, theta, neuron.rule, sent, steps);
    [v, sent] = [fired.v, sent + fired.s];
    return fired.s;
  });
  return { spikes, count: sent, v };
}

/** Runs `check` over cases of every page, under the page's name. */
function everyPage<T>(says: string, cases: fc.Arbitrary<T>, check: (neuron: Neuron, one: T) => void): void {
  for (const neuron of PAGES) {
    const title = neuron.slope === undefined ? neuron.name : `${neuron.name} with slope ${neuron.slope}`;
    test(`${title}: ${says}`, () => {
      fc.assert(
        fc.property(cases, (one) => check(neuron, one)),
        { numRuns: 300 },
      );
    });
  }
}

const anything = neuronCases({ current: 8, v0: 2 });

test('names are unique, and every page can be found by its name', () => {
  for (const neuron of NEURONS) assert.equal(neuronNamed(neuron.name), neuron);
  assert.throws(
    () => neuronNamed('burts'),
    /^UsageError: neuron: unknown name "burts"; did you mean burst\?$/,
  );
});

test('every neuron comes back from a file, its slope included', () => {
  for (const neuron of PAGES) {
    const { snn } = convert(randomTrainedNetwork(1));
    const back = decodeSnn(encodeSnn({ ...snn, neuron }), 'file');
    assert.equal(back.neuron, neuron, neuron.name);
  }
});

everyPage('sends within its range, whatever comes in', anything, ({ range, ...page }, one) => {
  for (const s of run({ range, ...page }, one.currents, one.v0, one.theta).spikes)
    assert.ok(s >= range.lowest && s <= range.highest, `${s}`);
});

test('both ends of every range and of all rates are reached', () => {
  for (const neuron of PAGES) {
    const { lowest, highest } = ratesOf(neuron);
    const flood = (sign: number) => run(neuron, constant(sign * 64, 8), neuron.start, 1);
    assert.deepEqual([flood(-1).count / 8, flood(1).count / 8], [lowest, highest], neuron.name);
    const both = run(neuron, [...constant(64, 8), ...constant(-128, 8)], neuron.start, 1).spikes;
    assert.deepEqual([Math.min(...both), Math.max(...both)], [neuron.range.lowest, neuron.range.highest]);
  }
});

everyPage(
  'the closed form is what a constant current makes it send, wherever v0 starts',
  fc.tuple(constantCases(8), fc.integer({ min: -8, max: 12 })),
  (neuron, [{ theta, x, steps }, eighths]) => {
    for (const start of [neuron.start, eighths / 8]) {
      const count = neuron.constantCount?.(start);
      if (!count) continue;
      const found = run(neuron, constant(x, steps), start * theta, theta).count;
      assert.equal(
        found,
        withinRates(neuron, steps)(count((steps * x) / theta, steps)),
        `v0 = ${start} theta`,
      );
    }
  },
);

test('every page has a closed form for its own start, but reset-to-zero, whose formula needs theta / z', () => {
  for (const neuron of PAGES.filter(({ rule }) => rule.reset !== 'zero'))
    assert.notEqual(neuron.constantCount?.(neuron.start) ?? null, null, neuron.name);
  const neuron = neuronNamed('reset-to-zero');
  fc.assert(
    fc.property(constantCases(2), ({ theta, x, steps }) => {
      const expected = x > 0 ? Math.floor(steps / Math.ceil(theta / x)) : 0;
      assert.equal(run(neuron, constant(x, steps), 0, theta).count, expected);
    }),
  );
});

everyPage(
  'the ideal count is the closed form, but where it is undecided',
  constantCases(8),
  (neuron, { theta, x, steps }) => {
    const { start } = neuron;
    const count = neuron.constantCount?.(start);
    const q = (steps * x) / theta + start;
    if (!count || neuron.undecided?.(q)) return;
    const [ideal, closed] = [neuron.ideal(q), count((steps * x) / theta, steps)];
    assert.equal(withinRates(neuron, steps)(ideal), withinRates(neuron, steps)(closed));
  },
);

everyPage('its rate tends to its response', constantCases(6), (neuron, { theta, x }) => {
  const steps = 64;
  const { count } = run(neuron, constant(x, steps), neuron.start * theta, theta);
  const [rate, response] = [count / steps, responseOf(neuron)(x / theta)];
  if (neuron.rule.reset === 'zero') assert.ok(rate <= response);
  else assert.ok(Math.abs(rate - response) <= 1 / steps, `${rate}, ${response}`);
});

everyPage(
  'what it settles on is the rounded count of any currents',
  neuronCases({ current: 5, v0: 0 }),
  (neuron, { theta, currents }) => {
    const { settling } = neuron;
    if (!settling) return;
    const steps = currents.length;
    const network = { neuron } as Parameters<typeof settledCount>[0];
    const expected = settledCount(network, steps)(sum(currents), theta);
    if (settling.emission) {
      assert.equal(settling.law, 'L17');
      assert.equal(emit(neuron, sum(currents), theta, steps).count, expected);
      return;
    }
    assert.equal(settling.law, 'L16');
    const silence = constant(0, 2 * steps + 1);
    const { spikes, count } = run(neuron, [...currents, ...silence], neuron.start * theta, theta, steps);
    assert.deepEqual([spikes.at(-1), count], [0, expected]);
  },
);

test('soft reset conserves theta*N where the page says so, and only there', () => {
  for (const neuron of PAGES) {
    let lost = 0;
    fc.assert(
      fc.property(anything, ({ theta, v0, currents }) => {
        const { count, v } = run(neuron, currents, v0, theta);
        if (theta * count !== sum(currents) + v0 - v) lost++;
      }),
    );
    // with slope 1 the two thresholds of leaky are alike
    if (neuron.laws.conservation === CONSERVATION || neuron.slope === 1) assert.equal(lost, 0, neuron.name);
    else assert.ok(lost > 0, neuron.name);
  }
});

everyPage(
  'its count law holds where no current exceeds theta',
  neuronCases({ current: 1, v0: 1 }),
  (neuron, { theta, v0, currents }) => {
    const law = neuron.laws.count;
    if (!law || !within(law, Math.abs(v0) / theta)) return;
    const { count } = run(neuron, currents, v0, theta);
    assert.ok(within(law, Math.abs(count - (sum(currents) + v0) / theta)));
  },
);

const within = ({ bound, strict }: { bound: number; strict: boolean }, size: number): boolean =>
  strict ? size < bound : size <= bound;

everyPage('its potential stays within W_t (L9) if the page says so', anything, (neuron, one) => {
  if (!neuron.laws.overload) return;
  const { theta, v0, currents } = one;
  let bound = Math.abs(v0);
  currents.forEach((current, t) => {
    bound = Math.max(neuron.rule.phiUp * theta, bound + Math.abs(current) - theta);
    assert.ok(Math.abs(run(neuron, currents.slice(0, t + 1), v0, theta).v) <= bound);
  });
});
