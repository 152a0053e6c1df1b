/**
 * @file One evaluation in parts, however it was divided, is the evaluation in one piece: every number of its report, to the last bit,
 * also after the way through a file. Weights, thresholds and images are whole numbers, so nothing hides in rounding.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { InputError, UsageError } from '../../../src/errors.ts';
import { joinPortions } from '../../../src/lab/simulate/join-portions.ts';
import { listedCounts, mergeParts, type PartResult } from '../../../src/lab/simulate/merge-parts.ts';
import { parseShard, shardOf, shardRange } from '../../../src/lab/simulate/shard.ts';
import {
  countedReport,
  networkCosts,
  type PartCounts,
  type Reference,
  runCounts,
} from '../../../src/lab/simulate/simulation-report.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../../../src/snn/simulation.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

const seed = fc.integer({ min: 1, max: 1_000_000 });

test('parts are all images, each once, in order, of sizes that differ by at most one', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 60 }), (images, of) => {
      let next = 0;
      for (let index = 1; index <= of; index++) {
        const { first, count } = shardRange({ index, of }, images);
        assert.equal(first, next);
        assert.ok(count === Math.floor(images / of) || count === Math.ceil(images / of));
        next += count;
      }
      assert.equal(next, images);
    }),
  );
  assert.deepEqual(parseShard('2/4'), { index: 2, of: 4 });
  for (const text of ['', '0/4', '5/4', '1', '1/0', '-1/2', '1/2/3', '1.5/2', '1/99999'])
    assert.throws(() => parseShard(text), /UsageError: expected K\/N, part K of N/, text);
});

test('a part is the images of its range; more parts than images are refused', () => {
  const dataset = {
    ...{ name: 'mine', shape: [1, 2, 1], classes: 3, count: 5, synthetic: false, classNames: [] },
    ...{ images: Uint8Array.from({ length: 10 }, (_, i) => i), labels: Uint8Array.of(0, 1, 2, 0, 1) },
    ...{ mean: [0], deviation: [1] },
  } as unknown as Parameters<typeof shardOf>[0];
  const part = shardOf(dataset, { index: 2, of: 2 });
  assert.deepEqual([...part.images], [4, 5, 6, 7, 8, 9]);
  assert.deepEqual([[...part.labels], part.count], [[2, 0, 1], 3]);
  assert.throws(
    () => shardOf(dataset, { index: 1, of: 6 }),
    (error) => error instanceof UsageError,
  );
});

/** A network of a seed whose images are whole numbers, run over images from .. to by the options. */
function runOf(seed: number, images: number, options: SimulateOptions) {
  const trained = randomTrainedNetwork(seed);
  const { snn } = convert(trained);
  const all = randomImages(trained, images, seed).map(Math.round);
  const size = all.length / images;
  const run = (from: number, to: number): SimulationResult =>
    simulate(snn, all.slice(from * size, to * size), options);
  return { costs: networkCosts(snn), run };
}

const variants: readonly SimulateOptions[] = [
  { steps: 4 },
  { steps: 4, engine: 'products' },
  { steps: 5, stop: { rule: 'margin', margin: 1 } },
];

test('a random split merges to the bits of the whole: accuracy, spikes, operations, energy, traffic', () => {
  fc.assert(
    fc.property(
      ...[seed, fc.integer({ min: 2, max: 9 }), fc.constantFrom(...variants)],
      ...[fc.integer({ min: 1, max: 9 }), fc.boolean()],
      (seed, images, options, most, compared) => {
        const of = Math.min(most, images);
        const { costs, run } = runOf(seed, images, options);
        const labels = Array.from({ length: images }, (_, i) => (i * seed) % 3);
        const classes = labels.map((label) => (label + (seed % 2)) % 3);
        const referenceOf = (from: number, to: number): Reference | null =>
          compared ? { name: 'ANN', predictions: classes.slice(from, to) } : null;
        const countsOf = (from: number, to: number, result: SimulationResult): PartCounts => {
          const simulated = { result, imagesPerSecond: 8 };
          const own = runCounts(simulated, labels.slice(from, to), referenceOf(from, to));
          return { costs, readAfter: 'every step', runs: [own] };
        };
        // a whole evaluation is joined from portions too
        const portions = [run(0, 1), run(1, images)];
        const whole = countedReport(countsOf(0, images, joinPortions(portions)), referenceOf(0, images));
        const parts = Array.from({ length: of }, (_, k): PartResult => {
          const { first, count } = shardRange({ index: k + 1, of }, images);
          const counts = countsOf(first, first + count, run(first, first + count));
          const part = {
            ...countedReport(counts, referenceOf(first, first + count)),
            ...{ images: count, seconds: 1, config: { seed, shard: `${k + 1}/${of}` } },
            part: { shard: `${k + 1}/${of}`, first, ...listedCounts(counts) },
          };
          return JSON.parse(JSON.stringify(part)) as PartResult;
        });
        const shuffled = parts.toSorted((a, b) => ((a.part.first * 7) % 5) - ((b.part.first * 7) % 5));
        const { images: total, seconds, config, ...merged } = mergeParts(shuffled, 'simulate');
        assert.deepEqual([total, seconds, config], [images, of, { seed, shard: null }]);
        assert.deepEqual(JSON.parse(JSON.stringify(merged)), JSON.parse(JSON.stringify(whole)));
      },
    ),
    { numRuns: 40 },
  );
});

test('int8 weights, an early stop and the ANN: whole numbers of images behind every percent', () => {
  const percents = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true })),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  const { costs, run } = runOf(1, 6, { steps: 2 });
  fc.assert(
    fc.property(percents, (drawn) => {
      let first = 0;
      const parts = drawn.map(([images, share], k): PartResult => {
        const right = Math.round(share * images);
        const accuracy = (100 * right) / images;
        const result = { ...run(0, 1), images, predictions: new Uint8Array(2 * images) };
        const counts = runCounts({ result, imagesPerSecond: 1 }, new Uint8Array(images), null);
        const shard = `${k + 1}/${drawn.length}`;
        const part = {
          ...{ images, seconds: 1, config: {}, ann: { accuracy } },
          weights: {
            ...{
              format: 'int8',
              reference: 'float32',
              accuracy: { 2: accuracy },
              referenceAccuracy: { 2: 0 },
            },
            ...{ lost: { 2: -accuracy }, mismatches: right, mismatchesByStep: { 2: right } },
          },
          stop: {
            ...{
              rule: 'certain',
              heuristic: false,
              reference: 'full run',
              mismatches: 0,
              stoppedEarly: right,
            },
            ...{ meanSteps: (images + right) / images, accuracy, referenceAccuracy: accuracy },
          },
          part: { shard, first, ...listedCounts({ costs, readAfter: 'every step', runs: [counts] }) },
        } as PartResult;
        first += images;
        return part;
      });
      const right = drawn.reduce((sum, [images, share]) => sum + Math.round(share * images), 0);
      const { weights, stop, ann, snn } = mergeParts(parts, 'simulate');
      const accuracy = (100 * right) / first;
      assert.equal(ann!.accuracy, accuracy);
      assert.deepEqual(
        [weights!.accuracy[2], weights!.lost[2], weights!.mismatches],
        [accuracy, 0 - accuracy, right],
      );
      assert.deepEqual(
        [stop!.accuracy, stop!.meanSteps, stop!.stoppedEarly],
        [accuracy, (first + right) / first, right],
      );
      assert.equal(snn!.accuracy[2], 100); // class 0 throughout
    }),
    { numRuns: 50 },
  );
});

test('a part that is missing, twice there, or of another network is refused', () => {
  const partOf = (seed: number, index: number, of: number): PartResult => {
    const { costs, run } = runOf(seed, 4, { steps: 2 });
    const { first, count } = shardRange({ index, of }, 4);
    const counts = runCounts({ result: run(first, first + count), imagesPerSecond: 1 }, [0, 0, 0, 0], null);
    return {
      ...{ images: count, seconds: 1, config: {} },
      part: { shard: `${index}/${of}`, first, costs, readAfter: 'every step', runs: [counts] },
    };
  };
  const parts = [1, 2].map((index) => partOf(5, index, 2));
  assert.equal(mergeParts(parts, 'simulate').images, 4);
  const wrong: readonly (readonly [readonly PartResult[], RegExp])[] = [
    [parts.slice(1), /simulate: expected 2 parts, found 1; remove the parts and run them again/],
    [[parts[0]!, parts[0]!], /expected part 2\/2 from image 2, found part 1\/2 from image 0/],
    [[parts[0]!, partOf(6, 2, 2)], /expected parts of one network, found another/],
    [[parts[0]!, partOf(5, 2, 4)], /expected part 2\/2 from image 2, found part 2\/4 from image 1/],
  ];
  for (const [some, message] of wrong)
    assert.throws(
      () => mergeParts(some, 'simulate'),
      (error) => error instanceof InputError && message.test(error.message),
    );
});
