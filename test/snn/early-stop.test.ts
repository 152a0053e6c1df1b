/** @file A certain stop is never wrong; the step it stops at is the same in every engine. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { stopWhen } from '../../src/snn/early-stop.ts';
import type { SpikingNetwork, Synapses } from '../../src/snn/network.ts';
import { burst } from '../../src/snn/neurons/burst.ts';
import { full } from '../../src/snn/neurons/full.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { assertSameRun } from '../support/assert-same-run.ts';
import { randomImages, randomSpikingNetwork, randomTrainedNetwork } from '../support/random-network.ts';

/** Class 0 gets a head start, so that stops happen early, late or never. */
function biased(snn: SpikingNetwork, lead: number): SpikingNetwork {
  const readout = snn.layers.at(-1)!;
  const bias = readout.bias.map((b, k) => (k === 0 ? b + lead : b));
  return { ...snn, layers: [...snn.layers.slice(0, -1), { ...readout, bias }] };
}

test("certain: the class after T steps is the full run's, whatever the network", () => {
  let [early, runs] = [0, 0];
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 400 }),
      fc.constantFrom(
        'half' as const,
        'unipolar' as const,
        'burst' as const,
        'memory' as const,
        'rest' as const,
      ),
      (seed, steps, lead, neuron) => {
        const trained = randomTrainedNetwork(seed);
        const snn = biased(randomSpikingNetwork(trained, neuron), lead / 8);
        const images = randomImages(trained, 3, seed);
        const full = simulate(snn, images, { steps, schedule: 'streaming' });
        const stopped = simulate(snn, images, { steps, stop: { rule: 'certain' } });
        const last = (steps - 1) * 3;
        assert.deepEqual(stopped.predictions.subarray(last), full.predictions.subarray(last));
        const definition = { steps, engine: 'reference', stop: { rule: 'certain' } } as const;
        assertSameRun(stopped, simulate(snn, images, definition));
        const exact: SpikingNetwork = { ...snn, grid: { kind: 'dyadic', steps, imageBits: 6 } }; // no sum rounds
        assertSameRun(stopped, simulate(exact, images, { ...definition, engine: 'products' }));
        for (const used of stopped.stopped!) early += used < steps ? 1 : 0;
        runs += 3;
      },
    ),
    { numRuns: 100 },
  );
  assert.ok(early > runs / 20 && early < runs, `${early} of ${runs} stopped early`);
});

/** One neuron of `full` into a readout with a weight for each class. */
function fanOut(weights: readonly number[]): SpikingNetwork {
  const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const layer = { shape: [1, 1, 1], theta: Float32Array.of(1), bias: Float32Array.of(0) } as const;
  const classes = weights.length;
  return {
    ...{ name: 'n', input: [1, 1, 1], classes, neuron: full, initialPotential: 0, provenance: {} },
    layers: [
      { ...layer, name: 'a', inputs: [{ ...linear, from: -1, weight: Float32Array.of(1) }] },
      {
        ...{ name: 'r', shape: [1, 1, classes], theta: new Float32Array(0), bias: new Float32Array(classes) },
        inputs: [{ ...linear, from: 0, weight: Float32Array.from(weights) }],
      },
    ],
  };
}

test('certain: two classes that one spike drives alike are told apart by their difference; many classes by their sizes', () => {
  const steps = 16;
  const sums = (weights: readonly number[], t: number) => Float64Array.from(weights, (w) => w * t);
  const first = (weights: readonly number[]): number => {
    const stop = stopWhen(fanOut(weights), steps, { rule: 'certain' });
    for (let t = 1; t <= steps; t++) if (stop(sums(weights, t), t)) return t;
    return steps + 1;
  };
  // the lead grows by 1 a step, and each step left may take 1 of it: certain when t > 16 - t
  assert.equal(first([3, 2]), 9);
  assert.equal(first([3, 1]), 9);
  // above 10,000 classes a step may take as much as both weights: t > 5 (16 - t), 2 t > 4 (16 - t)
  const many = (weight: number) => [3, ...new Array<number>(10_000).fill(weight)];
  assert.equal(first(many(2)), 14);
  assert.equal(first(many(1)), 11);
});

test('certain: stops at the first step where the bound allows it', () => {
  // 2 classes, one neuron that fires +1 at every step; weights 1 and -1, so a step moves the lead by at least -2
  const layer = { shape: [1, 1, 1], theta: Float32Array.of(1), bias: Float32Array.of(0) } as const;
  const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const snn: SpikingNetwork = {
    name: 'n',
    input: [1, 1, 1],
    classes: 2,
    neuron: full,
    initialPotential: 0,
    provenance: {},
    layers: [
      { ...layer, name: 'a', inputs: [{ ...linear, from: -1, weight: Float32Array.of(1) }] },
      {
        name: 'r',
        shape: [1, 1, 2],
        theta: new Float32Array(0),
        bias: new Float32Array(2),
        inputs: [{ ...linear, from: 0, weight: Float32Array.of(1, -1) }],
      },
    ],
  };
  // after t steps the lead is 2t; what remains may take 2 (8 - t): certain from t = 5 on
  const { stopped } = simulate(snn, Float32Array.of(1), { steps: 8, stop: { rule: 'certain' } });
  assert.deepEqual([...stopped!], [5]);
});

test('certain: the last step may still bring a whole burst', () => {
  // a fires in step 4 only, b then sends 5 spikes at once; each takes 2 from the lead of class 0, which grows by 1 a step
  const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const layer = (name: string, from: number, weight: readonly number[], bias: readonly number[]) => ({
    name,
    shape: [1, 1, bias.length] as const,
    theta: Float32Array.of(1),
    bias: Float32Array.from(bias),
    inputs: [{ ...linear, from, weight: Float32Array.from(weight) }],
  });
  const snn: SpikingNetwork = {
    name: 'n',
    input: [1, 1, 1],
    classes: 2,
    neuron: burst,
    initialPotential: 0,
    provenance: {},
    layers: [
      layer('a', -1, [0.25], [0]),
      layer('b', 0, [5], [0]),
      { ...layer('r', 1, [-1, 1], [1, 0]), theta: new Float32Array(0) },
    ],
  };
  const { predictions, stopped } = simulate(snn, Float32Array.of(1), { steps: 4, stop: { rule: 'certain' } });
  assert.deepEqual([stopped![0], predictions[3]], [4, 1]);
});

test('margin stops when the leader is far enough ahead, and holds its answer', () => {
  const trained = randomTrainedNetwork(3);
  const snn = biased(convert(trained).snn, 100);
  const images = randomImages(trained, 2, 3);
  const run = simulate(snn, images, { steps: 5, stop: { rule: 'margin', margin: 1 } });
  assert.deepEqual([...run.stopped!], [1, 1]);
  const { logits, classes } = run;
  for (let t = 1; t < 5; t++)
    assert.deepEqual(
      logits.subarray(t * 2 * classes, (t + 1) * 2 * classes),
      logits.subarray(0, 2 * classes),
    );
  const never = simulate(snn, images, { steps: 5, stop: { rule: 'margin', margin: 1e9 } });
  assert.deepEqual([...never.stopped!], [5, 5]);
});

test('margin: of the mean currents, so of the sums divided by t; equality is not enough', () => {
  const network = convert(randomTrainedNetwork(3)).snn;
  const stop = stopWhen({ ...network, classes: 3 }, 9, { rule: 'margin', margin: 1 });
  for (const t of [1, 2, 3, 8]) {
    assert.equal(stop(Float64Array.of(0, t, -5), t), false, `a lead of exactly 1 at t = ${t}`);
    assert.equal(stop(Float64Array.of(0, t + 0.5, -5), t), true, `a lead above 1 at t = ${t}`);
    assert.equal(stop(Float64Array.of(0, t - 0.5, -5), t), false, `a lead below 1 at t = ${t}`);
    assert.equal(stop(Float64Array.of(t + 1, t + 1, 0), t), false, 'two leaders');
  }
});

test('stopping early belongs to streaming', () => {
  const trained = randomTrainedNetwork(3);
  const run = (): unknown =>
    simulate(convert(trained).snn, randomImages(trained, 1, 3), {
      steps: 2,
      schedule: 'layered',
      stop: { rule: 'certain' },
    });
  assert.throws(run, /^UsageError: stop: .*streaming only, found layered; use schedule streaming/);
});

/** Neurons of one position with thresholds of their own into a readout: by weights, in groups, through an identity. */
function into(
  inputs: readonly Synapses[],
  theta: readonly number[],
  classes: number,
  scale?: readonly number[],
) {
  const base = fanOut(new Array<number>(classes).fill(0));
  const [first, readout] = base.layers;
  const ins = theta.length;
  return {
    ...base,
    neuron: burst,
    layers: [
      {
        ...{
          ...first!,
          shape: [1, 1, ins] as const,
          theta: Float32Array.from(theta),
          bias: new Float32Array(ins),
        },
        inputs: [{ ...first!.inputs[0]!, weight: new Float32Array(ins).fill(1) }],
      },
      {
        ...readout!,
        bias: Float32Array.from({ length: classes }, (_, c) => c / 8),
        inputs,
        ...(scale && { scale: Float32Array.from(scale) }),
      },
    ],
  };
}

test('certain: exactly when the lead is larger than what the worst spikes can take, for every kind of synapses', () => {
  const plain = { from: 0, pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const dyadic = fc.integer({ min: -16, max: 16 }).map((n) => n / 8);
  const sized = (length: number) => fc.array(dyadic, { minLength: length, maxLength: length });
  const heights = fc.array(fc.constantFrom(0.5, 1, 2, 3), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(
      sized(16),
      sized(8),
      heights,
      fc.subarray(['linear', 'groups', 'identity'] as const, { minLength: 1 }),
      fc.option(heights, { nil: undefined }),
      fc.integer({ min: 1, max: 3 }),
      (dense, grouped, theta, kinds, scale, left) => {
        const kind = {
          linear: { ...plain, kind: 'linear', weight: Float32Array.from(dense) },
          groups: { ...plain, kind: 'conv2d', groups: 2, weight: Float32Array.from(grouped) },
          identity: { ...plain, kind: 'identity', weight: new Float32Array(0) },
        } as const;
        const network = into(
          kinds.map((one) => kind[one]),
          theta,
          4,
          scale,
        );
        // currents of class c for one spike of neuron i, by each kind of synapses
        const row = {
          linear: (i: number, c: number) => dense[i * 4 + c]!,
          groups: (i: number, c: number) => (i >> 1 === c >> 1 ? grouped[(i % 2) * 4 + c]! : 0),
          identity: (i: number, c: number) => (i === c ? 1 : 0),
        };
        const unit = (c: number): number => scale?.[c] ?? 1;
        const { lowest, highest } = burst.range;
        const worst = (k: number, c: number): number => {
          let least = (k / 8) * unit(k) - (c / 8) * unit(c);
          for (const one of kinds)
            for (let i = 0; i < 4; i++) {
              const apart = theta[i]! * (row[one](i, k) * unit(k) - row[one](i, c) * unit(c));
              least += Math.min(0, apart * lowest, apart * highest);
            }
          return least;
        };
        const stop = stopWhen(network, 10, { rule: 'certain' });
        for (let k = 0; k < 4; k++)
          for (const [more, verdict] of [
            [0.01, true],
            [-0.01, false],
          ] as const) {
            const least = [0, 1, 2, 3].map((c) => (c === k ? 0 : left * worst(k, c) - more));
            const sums = Float64Array.from(least, (one) => one + 500);
            // the others are far enough behind anyhow, so that class k leads
            if (sums.indexOf(Math.max(...sums)) !== k || sums.filter((one) => one === sums[k]).length > 1)
              continue;
            assert.equal(stop(sums, 10 - left), verdict, `class ${k}, ${more}`);
          }
      },
    ),
    { numRuns: 60 },
  );
});

test('certain: of many classes the sizes count all rows of weights, and of an identity all places of its window', () => {
  const classes = 10_001;
  const others = new Array<number>(classes - 1);
  const heights = [3, ...others.fill(2)];
  const plain = { from: 0, pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const rows = Float32Array.from([...new Array<number>(classes).fill(0), ...heights]);
  const dense = into([{ ...plain, kind: 'linear', weight: rows }], [1, 1], classes);
  const pooled = into(
    [{ ...plain, kind: 'identity', pool: 2, weight: new Float32Array(0) }],
    heights,
    classes,
  );
  const map = [2, 2, classes] as const;
  const [hidden, readout] = pooled.layers;
  const identity = { ...pooled, layers: [{ ...hidden!, shape: map }, readout!] };
  for (const network of [dense, identity]) {
    const last = network.layers.at(-1)!;
    const layers = [...network.layers.slice(0, -1), { ...last, bias: new Float32Array(classes) }];
    const stop = stopWhen({ ...network, layers, neuron: full }, 16, { rule: 'certain' });
    const sums = (t: number) => Float64Array.from(heights, (height) => height * t);
    // as with one neuron: the lead t is above what both classes together may take, 5 (16 - t), from t = 14 on
    assert.deepEqual([stop(sums(13), 13), stop(sums(14), 14)], [false, true]);
  }
});
