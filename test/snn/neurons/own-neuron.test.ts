/**
 * @file A tenth neuron, defined here: it fires at +-3/4 theta. Nothing in src knows it, and everything in src works with it.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { InputError, UsageError } from '../../../src/errors.ts';
import { loadSnn, saveSnn } from '../../../src/io/snn-file.ts';
import { LawTally } from '../../../src/lab/verify/law-tally.ts';
import { checkConservation } from '../../../src/proof/laws/check-conservation.ts';
import { checkOverload } from '../../../src/proof/laws/check-overload.ts';
import { traceLayer } from '../../../src/proof/laws/trace-layer.ts';
import { CONSERVATION, type Neuron } from '../../../src/snn/neurons/neuron.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import type { SimulateOptions } from '../../../src/snn/simulation.ts';
import { analogueCurrents, propagate, wiringOf } from '../../../src/snn/wiring.ts';
import { assertSameRun } from '../../support/assert-same-run.ts';
import { networkCases } from '../../support/network-cases.ts';
import { neuronCases } from '../../support/neuron-cases.ts';
import { sum } from '../../support/numbers.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';
import { runEngine } from '../../support/run-engine.ts';
import { runNeuron } from '../../support/run-neuron.ts';

const mine: Neuron = {
  name: 'three-quarters',
  says: 'fires at +-3/4 theta',
  rule: { phiUp: 0.75, phiDown: 0.75 },
  start: 0,
  range: { lowest: -1, highest: 1 },
  ideal: (q) => Math.sign(q) * Math.floor(Math.abs(q) + 0.25),
  laws: { conservation: CONSERVATION, overload: true },
};
const cases = networkCases({ neurons: [mine] });

test('the reference engine and the plain event engine run it, bit for bit alike', () => {
  let spikes = 0;
  fc.assert(
    fc.property(cases, (one) => {
      const expected = runEngine(one, { engine: 'reference' });
      assertSameRun(runEngine(one, { engine: 'events', kernels: 'reference' }), expected);
      for (const record of expected.record)
        for (const count of record.counts ?? []) spikes += Math.abs(count);
    }),
    { numRuns: 200 },
  );
  assert.ok(spikes > 1000, `${spikes} spikes`);
});

test('without a SIMD mode events run in plain loops, and say so; products refuse', () => {
  const { snn } = convert(randomTrainedNetwork(1), { neuron: mine });
  const images = randomImages(randomTrainedNetwork(1), 1, 1);
  assert.match(simulate(snn, images, { steps: 2 }).method, /plain loops/);
  assert.throws(
    () => simulate(snn, images, { steps: 2, engine: 'products' }),
    /^UsageError: engine: products is for neurons with a SIMD mode, found three-quarters, .*; use engine events/,
  );
});

test('a page that names a SIMD mode is run by the SIMD engine, with the same spikes', () => {
  const quick: Neuron = { ...mine, simd: { mode: 'fire' } };
  const ways: readonly Partial<SimulateOptions>[] = [{ schedule: 'streaming' }, { schedule: 'layered' }];
  fc.assert(
    fc.property(cases, ({ network, ...one }) => {
      const expected = runEngine({ ...one, network }, { engine: 'reference' });
      for (const way of ways) {
        const found = runEngine({ ...one, network: { ...network, neuron: quick } }, way);
        assert.match(found.method, /simd/);
        assertSameRun(found, expected);
      }
    }),
    { numRuns: 60 },
  );
});

test('several spikes up and one down: every spike of it arrives, in both plain engines', () => {
  const both: Neuron = {
    ...mine,
    name: 'both',
    rule: { phiUp: 1, phiDown: 1, burst: 3 },
    range: { lowest: -1, highest: 3 },
  };
  let negative = 0;
  fc.assert(
    fc.property(networkCases({ neurons: [both] }), (one) => {
      const expected = runEngine(one, { engine: 'reference' });
      assertSameRun(runEngine(one, { engine: 'events' }), expected);
      const constant = analogueCurrents(one.network, one.image);
      wiringOf(one.network).forEach((layer, l) => {
        const received = Float64Array.from(constant[l]!, (current) => current * one.steps);
        for (const synapses of layer.spikes)
          propagate(synapses, expected.record[synapses.from]!.counts!, received);
        const sums = new Float64Array(received.length);
        expected.record[l]!.currents!.forEach((current, at) => {
          sums[at % sums.length]! += current;
        });
        assert.deepEqual(sums, received);
        negative += expected.record[l]!.spikes?.filter((s) => s < 0).length ?? 0;
      });
    }),
    { numRuns: 100 },
  );
  assert.ok(negative > 100, `${negative} negative spikes`);
});

test('a network is converted to it, saved with it, and loaded by whoever has it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-own-neuron-'));
  try {
    const path = join(folder, 'mine.snn.safetensors');
    const trained = randomTrainedNetwork(5);
    const { snn, report } = convert(trained, { neuron: mine });
    assert.equal(snn.neuron, mine);
    assert.equal(report.neuron, 'three-quarters');
    await saveSnn(path, snn);
    const loaded = await loadSnn(path, { neurons: [mine] });
    assert.deepEqual(loaded, snn);
    const images = randomImages(trained, 2, 5);
    assertSameRun(simulate(loaded, images, { steps: 4 }), simulate(snn, images, { steps: 4 }));
    await assert.rejects(loadSnn(path), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(
        error.message,
        /neuron should be one of full, .*, found "three-quarters"; pass the neuron/,
      );
      return true;
    });
    const another: Neuron = { ...mine, rule: { phiUp: 0.75, phiDown: 0.5 } };
    await assert.rejects(
      loadSnn(path, { neurons: [another] }),
      /three-quarters should fire by phiDown 0\.5, phiUp 0\.75, found phiDown 0\.75, phiUp 0\.75; pass the neuron that/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a neuron of strelu that the method does not have is refused, by name and as itself', () => {
  const trained = randomTrainedNetwork(1);
  for (const neuron of ['unipolar', { ...mine, name: 'unipolar' }])
    assert.throws(() => convert(trained, { neuron }), UsageError);
  assert.throws(() => convert(trained, { neuron: 'haf' }), /unknown name "haf"; did you mean half\?/);
});

test('L1 and L9 on one neuron: what came in is sent or left, and never more is left than W_T', () => {
  let tight = 0;
  fc.assert(
    fc.property(neuronCases({ current: 4, v0: 3 }), ({ theta, v0, currents }) => {
      const { count, v, potentials } = runNeuron(currents, v0, theta, mine.rule);
      assert.equal(theta * count, sum(currents) + v0 - v);
      let bound = Math.abs(v0);
      currents.forEach((current, t) => {
        bound = Math.max(0.75 * theta, bound + Math.abs(current) - theta);
        assert.ok(Math.abs(potentials[t]!) <= bound);
        if (bound > 0.75 * theta && Math.abs(potentials[t]!) === bound) tight++;
      });
    }),
    { numRuns: 1000 },
  );
  assert.ok(tight > 50, `the bound was reached ${tight} times`);
});

test('L1 and L9 on whole networks, as `verify` checks them', () => {
  let overloaded = 0;
  fc.assert(
    fc.property(cases, (one) => {
      const result = runEngine(one, { engine: 'events' });
      const tally = new LawTally(mine);
      for (let l = 0; l < one.network.layers.length - 1; l++) {
        const trace = traceLayer(one.network, result, l, 0);
        assert.equal(checkConservation(trace).exact, trace.theta.length);
        assert.equal(checkOverload(trace).broken, 0);
        overloaded += trace.overloads;
        tally.addLayer(trace);
      }
      assert.deepEqual(
        tally.laws.map(({ id, holds }) => [id, holds]),
        [
          ['L1', true],
          ['L9', true],
        ],
      );
      assert.equal(tally.covered, null); // its page claims no count law
    }),
    { numRuns: 150 },
  );
  assert.ok(overloaded > 100, `${overloaded} neuron steps of overload`);
});
