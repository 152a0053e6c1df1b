/** @file What engines tell the tally comes out as it was told: kept a second time in plain lists, and compared. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mapSize } from '../../src/nn/architecture.ts';
import { Random } from '../../src/random/random.ts';
import { fanOut } from '../../src/snn/fan-out.ts';
import { accuracyBySteps, rightBySteps } from '../../src/snn/simulation.ts';
import { Tally } from '../../src/snn/tally.ts';
import { randomSpikingNetwork, randomTrainedNetwork } from '../support/random-network.ts';

const cases = fc.record({
  seed: fc.nat(1e6),
  steps: fc.integer({ min: 1, max: 5 }),
  images: fc.integer({ min: 1, max: 3 }),
  /** Steps beyond T, as a run that settles has them. */
  more: fc.nat(2),
  margin: fc.option(fc.constantFrom(0.25, 1, 4), { nil: null }),
  scaled: fc.boolean(),
  asked: fc.record({
    spikes: fc.boolean(),
    membrane: fc.boolean(),
    currents: fc.boolean(),
    counts: fc.boolean(),
  }),
  only: fc.option(fc.subarray([0, 1, 2]), { nil: null }),
});

test('logits, activity, overload and records are what was told', () => {
  fc.assert(
    fc.property(cases, ({ seed, steps, images, more, margin, scaled, asked, only }) => {
      const random = Random.seeded(seed);
      const plain = randomSpikingNetwork(randomTrainedNetwork(seed), 'half');
      const readout = plain.layers.at(-1)!;
      const scale = Float32Array.from(readout.bias, () => 1 + random.integer(4));
      const network = scaled
        ? { ...plain, layers: [...plain.layers.slice(0, -1), { ...readout, scale }] }
        : plain;
      const { classes, layers } = network;
      const record = { ...asked, ...(only && { layers: only }) };
      const stop = margin !== null && { stop: { rule: 'margin', margin } as const };
      const tally = new Tally(network, images, { steps, record, ...stop });
      const draw = (length: number): Float32Array =>
        Float32Array.from({ length }, () => random.integer(33) - 16);

      const logits: number[] = new Array(steps * images * classes).fill(0);
      const stopped: number[] = [];
      const sent = layers.map(() => new Array<number>(steps).fill(0));
      const caused = layers.map(() => new Array<number>(steps).fill(0));
      const over = layers.map(() => 0);
      const told: {
        l: number;
        image: number;
        t: number;
        spikes: Int8Array;
        v: Float32Array;
        i: Float32Array;
      }[] = [];
      const readouts: { image: number; t: number; currents: Float32Array }[] = [];
      for (let image = 0; image < images; image++) {
        const sums = new Array<number>(classes).fill(0);
        let ran = steps;
        for (let t = 0; t < steps + (stop ? 0 : more); t++) {
          layers.slice(0, -1).forEach((layer, l) => {
            const n = mapSize(layer.shape);
            const one = { l, image, t, spikes: Int8Array.from(draw(n)), v: draw(n), i: draw(n) };
            told.push(one);
            tally.record(l, image, t, { spikes: one.spikes, membrane: one.v, currents: one.i });
            const [position, spikes] = [random.integer(layer.shape[0] * layer.shape[1]), random.integer(9)];
            tally.addSpikesAt(l, t, position, spikes);
            tally.addOverloads(l, spikes);
            over[l]! += spikes;
            sent[l]![Math.min(t, steps - 1)]! += spikes;
            caused[l]![Math.min(t, steps - 1)]! += spikes * fanOut(network, l)[position]!;
          });
          const currents = draw(classes);
          readouts.push({ image, t, currents });
          tally.addReadout(image, t, currents);
          const step = Math.min(t + 1, steps);
          currents.forEach((current, c) => {
            sums[c]! += current * (scaled ? scale[c]! : 1);
            for (let later = step; later <= steps; later++)
              logits[((later - 1) * images + image) * classes + c] = Math.fround(sums[c]! / step);
          });
          const [first, second] = sums.toSorted((a, b) => b - a);
          const ahead = classes === 1 || (first! - (second ?? 0)) / (t + 1) > margin!;
          const may = margin !== null && t + 1 < steps && ahead;
          assert.equal(tally.mayStop(image, t), may);
          if (may) ran = t + 1;
          if (may) break;
        }
        stopped.push(ran);
        tally.settle(image, 3 + image);
        tally.settle(image, 2);
      }

      const result = tally.result({
        engine: 'events',
        schedule: stop ? 'streaming' : 'settling',
        method: 'm',
      });
      assert.deepEqual(
        [result.engine, result.method, result.steps, result.images, result.classes],
        ['events', 'm', steps, images, classes],
      );
      assert.deepEqual([...result.logits], logits);
      for (const [i, found] of result.predictions.entries()) {
        const row = logits.slice(i * classes, (i + 1) * classes);
        assert.equal(found, row.indexOf(Math.max(...row)));
      }
      assert.deepEqual(result.stopped && [...result.stopped], stop ? stopped : undefined);
      assert.deepEqual(
        result.latency && [...result.latency],
        stop ? undefined : stopped.map((_, i) => 3 + i),
      );
      const ran = stopped.reduce((a, b) => a + b);
      result.layers.forEach(({ name, neurons, spikes, accumulates, overload, density }, l) => {
        assert.deepEqual([name, neurons], [layers[l]!.name, mapSize(layers[l]!.shape)]);
        assert.deepEqual([...spikes], sent[l]);
        assert.deepEqual([...accumulates], caused[l]);
        assert.equal(overload, over[l]! / (neurons * ran));
        assert.deepEqual(
          [...density],
          sent[l]!.map((sum) => sum / (neurons * images)),
        );
      });
      result.record.forEach((found, l) => {
        const last = l === layers.length - 1;
        const wanted: Partial<typeof asked> = only === null || only.includes(l) ? asked : {};
        const has = {
          spikes: !last && wanted.spikes,
          membrane: !last && wanted.membrane,
          counts: !last && wanted.counts,
        };
        for (const key of ['spikes', 'membrane', 'counts'] as const)
          assert.equal(key in found, has[key] ?? false, key);
        assert.equal('currents' in found, wanted.currents ?? false);
        const n = mapSize(layers[l]!.shape);
        const counts = new Array<number>(images * n).fill(0);
        for (const one of told.filter((one) => one.l === l)) {
          one.spikes.forEach((s, k) => {
            counts[one.image * n + k]! += s;
          });
          if (one.t >= steps) continue;
          const at = (one.image * steps + one.t) * n;
          assert.deepEqual(found.spikes?.subarray(at, at + n), has.spikes ? one.spikes : undefined);
          assert.deepEqual(found.membrane?.subarray(at, at + n), has.membrane ? one.v : undefined);
          assert.deepEqual(found.currents?.subarray(at, at + n), wanted.currents ? one.i : undefined);
        }
        assert.deepEqual(found.counts && [...found.counts], has.counts ? counts : undefined);
        if (last && found.currents)
          for (const { image, t, currents } of readouts)
            if (t < steps) {
              const at = (image * steps + t) * n;
              assert.deepEqual(found.currents.subarray(at, at + n), currents);
            }
        if (!last)
          assert.deepEqual(tally.recordsOf(l), {
            spikes: (has.spikes || has.counts) ?? false,
            membrane: has.membrane ?? false,
            currents: wanted.currents ?? false,
          });
      });
    }),
    { numRuns: 40 },
  );
});

test('right answers by step are counted image by image', () => {
  const result = {
    steps: 2,
    images: 3,
    predictions: Uint8Array.of(0, 1, 2, 2, 1, 2),
  } as unknown as Parameters<typeof rightBySteps>[0];
  assert.deepEqual(rightBySteps(result, [0, 1, 0]), [2, 1]);
  assert.deepEqual(accuracyBySteps(result, [0, 1, 0]), [200 / 3, 100 / 3]);
});
