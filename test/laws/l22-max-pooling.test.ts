/**
 * @file L22, max pooling of counts: one window step by step, a pool before and behind its activation, whole networks in the exact
 * modes against the quantised network, and what a streaming run is off by.
 * Statement and proof: L22 in THEORY.md.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork } from '../../src/convert/transforms/index.ts';
import { type Architecture, mapSize, type TrainedNetwork } from '../../src/nn/architecture.ts';
import { conv2d, flatten, type LayerSpec, linear, maxPool, strelu } from '../../src/nn/layers.ts';
import type { Border, Pair } from '../../src/nn/map-window.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { runQuantised } from '../../src/proof/networks/run-quantised.ts';
import { pooledMap } from '../../src/snn/geometry.ts';
import { type MaxPool, maxPoolsOf, PooledCounts } from '../../src/snn/max-pool.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { largestOfWindows } from '../../src/snn/windows.ts';
import { convertedOrRefused } from '../support/converted-architecture.ts';
import { example, law, SKIPPED, same } from '../support/law.ts';
import { architectureCases } from '../support/random-architecture.ts';

/** A window over a small map, and spikes for it. */
const windows = fc
  .record({
    height: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 4 }),
    window: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    border: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)),
    range: fc.constantFrom([-1, 1], [0, 1], [0, 2], [-1, 3]),
    seed: fc.array(fc.nat(1000), { minLength: 64, maxLength: 64 }),
  })
  .map(({ height, width, window, stride, border, ...rest }) => {
    const padding = border.map((side, i) => Math.min(side, window[i < 2 ? 0 : 1]! - 1));
    const moving = {
      window: window as Pair,
      stride: stride as Pair,
      padding: padding as unknown as Border,
      dilation: [1, 1] as Pair,
    };
    return { source: [height, width, 2] as const, moving, ...rest };
  });

law(
  'L22',
  'max pooling: increments of the largest count keep the range of a spike and add up to the largest count',
  windows,
  ({ source, moving, range, seed }) => {
    const sent = pooledMap(source, moving);
    if (sent[0] < 1 || sent[1] < 1) return SKIPPED;
    const [lowest, highest] = range as [number, number];
    const fanOut = new Float64Array(sent[0] * sent[1]).fill(1);
    const pool: MaxPool = { from: 0, window: moving, source, sent, key: '', fanOut };
    const pooled = new PooledCounts(pool);
    const counts = new Int32Array(mapSize(source));
    const sums = new Int32Array(mapSize(sent));
    for (let t = 0; t < 6; t++) {
      const s = Int8Array.from(
        counts,
        (_, i) => lowest + (seed[(t * 11 + i) % 64]! % (highest - lowest + 1)),
      );
      s.forEach((spikes, i) => {
        counts[i]! += spikes;
      });
      pooled.step(s);
      pooled.s.forEach((spikes, i) => {
        assert.ok(spikes >= lowest && spikes <= highest, `${spikes} spikes in one step`);
        sums[i]! += spikes;
      });
      const largest = largestOfWindows(moving, source, sent, counts, new Int32Array(sums.length));
      assert.deepEqual(sums, largest, `after step ${t + 1}`);
    }
    return undefined;
  },
);

const weighted = (architecture: Architecture, seed: number): TrainedNetwork => ({
  architecture,
  weights: new Map(
    parameterSpecs(architecture.layers).map(({ name, role, shape }) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
        role === 'theta' ? 1 : (((seed + 7 * i) * 37) % 17) / 8 - 1,
      ),
    ]),
  ),
  provenance: {},
});

law(
  'L22',
  'max pooling: before an activation it is the same network as behind it',
  fc.record({
    seed: fc.nat(1000),
    window: fc.integer({ min: 2, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
  }),
  ({ seed, window, stride }) => {
    const pool = maxPool(window, { stride, padding: [0, 1, 1, 0] });
    const net = (...middle: LayerSpec[]): TrainedNetwork =>
      weighted(sequential(conv2d(2, 3, { padding: 1 }), ...middle, flatten(), linear(2))([4, 5, 1]), seed);
    const image = Float32Array.from({ length: 20 }, (_, i) => (((seed + 3 * i) * 29) % 33) / 16 - 1);
    const [before, behind] = [net(pool, strelu()), net(strelu(), pool)].map((one) =>
      runFolded(convert(one).snn, image),
    );
    before!.logits.forEach((logit, c) => {
      same(logit, behind!.logits[c]!, `logit ${c}`);
    });
  },
  200,
);

const pooledNetworks = architectureCases({ maxPools: 'everywhere' });

law(
  'L22',
  'max pooling: in the exact modes the spiking network gives the quantised network’s answer',
  fc.tuple(pooledNetworks, fc.constantFrom('half', 'tracer', 'rest')),
  ([{ network, images }, neuron]) => {
    const snn = convertedOrRefused(network, neuron);
    if (!snn?.layers.some(({ inputs }) => inputs.some(({ maxPool }) => maxPool))) return SKIPPED;
    const steps = 4;
    const exact = exactNetwork(snn, steps);
    const pixels = mapSize(snn.input);
    const run = simulate(exact, images, { steps, schedule: 'settling', record: { counts: true } });
    for (let i = 0; i < run.images; i++) {
      const { counts, logits } = runQuantised(exact, images.subarray(i * pixels, (i + 1) * pixels), steps);
      counts.slice(0, -1).forEach((expected, l) => {
        const found = run.record[l]!.counts!.subarray(i * expected.length, (i + 1) * expected.length);
        assert.deepEqual(found, expected, exact.layers[l]!.name);
      });
      logits.forEach((logit, c) => {
        const at = ((steps - 1) * run.images + i) * run.classes + c;
        same(run.logits[at]!, Math.fround(logit), `logit ${c}`);
      });
    }
    return undefined;
  },
  400,
);

law(
  'L22',
  'max pooling: the rate of a window is off by no more than the rates of its neurons are (in their largest error)',
  fc.tuple(pooledNetworks, fc.constantFrom('half', 'full', 'rest'), fc.integer({ min: 1, max: 8 })),
  ([{ network, images }, neuron, steps]) => {
    const snn = convertedOrRefused(network, neuron);
    const pools = snn?.layers.flatMap((_, l) => maxPoolsOf(snn, l)) ?? [];
    if (!snn || pools.length === 0) return SKIPPED;
    const image = images.subarray(0, mapSize(snn.input));
    const { record } = simulate(snn, image, { steps, record: { counts: true } });
    const { activations } = runFolded(snn, image);
    let worst = { value: 0, bound: 1 };
    for (const { from, window, source, sent } of pools) {
      const largest = (values: ArrayLike<number>): Float64Array =>
        largestOfWindows(window, source, sent, values, new Float64Array(mapSize(sent)));
      const rates = Float64Array.from(record[from]!.counts!, (count) => count / steps);
      const errors = rates.map((rate, j) => Math.abs(rate - activations[from]![j]!));
      const [pooled, ideal, bounds] = [largest(rates), largest(activations[from]!), largest(errors)];
      pooled.forEach((rate, i) => {
        const value = Math.abs(rate - ideal[i]!) / Math.max(bounds[i]!, Number.MIN_VALUE);
        assert.ok(Math.abs(rate - ideal[i]!) <= bounds[i]! + 1e-12, `${rate} for ${ideal[i]}`);
        if (bounds[i]! > 1e-9 && value > worst.value) worst = { value: Math.min(1, value), bound: 1 };
      });
    }
    return worst;
  },
  400,
);

example(
  'L22',
  'a window of the trains 1, 0 and 0, 1 hands on 1, 0: rate 1/2, where their stepwise maximum has rate 1',
  () => {
    const moving = { window: [1, 2], stride: [1, 2], padding: [0, 0, 0, 0], dilation: [1, 1] } as const;
    const pool: MaxPool = {
      from: 0,
      window: moving,
      source: [1, 2, 1],
      sent: [1, 1, 1],
      key: '',
      fanOut: Float64Array.of(1),
    };
    const pooled = new PooledCounts(pool);
    const sent = [Int8Array.of(1, 0), Int8Array.of(0, 1)].map((s) => {
      pooled.step(s);
      return pooled.s[0]!;
    });
    assert.deepEqual(sent, [1, 0]);
  },
);
