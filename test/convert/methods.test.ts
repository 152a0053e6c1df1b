/** @file What each method promises of itself, on whole networks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RunCalibration } from '../../src/convert/calibration.ts';
import { convert } from '../../src/convert/convert.ts';
import { meanErrors } from '../../src/convert/methods/correct-biases.ts';
import { CONVERSION_METHODS, methodNamed } from '../../src/convert/methods/index.ts';
import { decodeSnn, encodeSnn } from '../../src/format/snn-format.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';
import { randomCalibration } from './calibration-set.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });

interface Case {
  readonly trained: TrainedNetwork;
  readonly calibration: RunCalibration;
  readonly snn: SpikingNetwork;
}

/** Random networks with ReLU, converted; those with a layer that never gets a positive number have no threshold. */
async function reluCase(method: string, seed: number, steps: number): Promise<Case | null> {
  const trained = randomTrainedNetwork(seed, { activation: 'relu', dyadic: seed % 2 === 0 });
  const calibration = await randomCalibration(trained, 6, steps, seed);
  try {
    return { trained, calibration, snn: convert(trained, { method, calibration }).snn };
  } catch (error) {
    assert.match(String(error), /^InputError: .*(activations > 0|current > 0)/);
    return null;
  }
}

async function everyReluCase(
  method: string,
  runs: number,
  check: (one: Case, steps: number) => void,
): Promise<void> {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(seeds, fc.integer({ min: 1, max: 12 }), async (seed, steps) => {
      const one = await reluCase(method, seed, steps);
      if (!one) return;
      found++;
      check(one, steps);
    }),
    { numRuns: runs },
  );
  assert.ok(found > runs / 2, `${found} of ${runs} networks could be converted`);
}

for (const method of ['relu-balanced', 'relu-rmp']) {
  test(`${method}: on the calibration images the largest current of each layer is its threshold`, async () => {
    await everyReluCase(method, 25, ({ snn, calibration }, steps) => {
      const { record, layers } = simulate(snn, calibration.images, { steps, record: { currents: true } });
      snn.layers.slice(0, -1).forEach(({ theta }, l) => {
        const largest = record[l]!.currents!.reduce((a, b) => Math.max(a, b));
        assert.equal(theta.length, 1);
        assert.equal(largest, theta[0]);
        const negative = record[l]!.currents!.filter((current) => current < -theta[0]!).length;
        assert.ok(Math.abs(layers[l]!.overload * record[l]!.currents!.length - negative) < 1e-6);
      });
    });
  });
}

test('relu-rmp conserves theta*N, relu-balanced only with what its resets lose', async () => {
  let lost = 0;
  for (const method of ['relu-rmp', 'relu-balanced']) {
    await everyReluCase(method, 10, ({ snn, calibration }, steps) => {
      const record = { currents: true, membrane: true, counts: true } as const;
      const images = calibration.images.subarray(0, calibration.images.length / 6);
      const run = simulate(snn, images, { steps, record });
      run.record.slice(0, -1).forEach(({ currents, membrane, counts }, l) => {
        const theta = snn.layers[l]!.theta[0]!;
        counts!.forEach((count, i) => {
          let [sum, size] = [0, 0];
          for (let t = 0; t < steps; t++) {
            sum += currents![t * counts!.length + i]!;
            size += Math.abs(currents![t * counts!.length + i]!) + theta;
          }
          const left = sum - membrane![(steps - 1) * counts!.length + i]! - theta * count;
          if (method === 'relu-rmp') assert.ok(Math.abs(left) <= size * steps * 2 ** -22, `${left}`);
          else if (left > size * 2 ** -10) lost++;
        });
      });
    });
  }
  assert.ok(lost > 10, `${lost} neurons lost charge`);
});

test('relu-calibrated: the mean error of a channel never grows beyond one quantum, nor past its size before', async () => {
  let [channels, better] = [0, 0];
  await everyReluCase('relu-calibrated', 25, ({ trained, calibration, snn }, steps) => {
    const raw = convert(trained, { method: 'relu-percentile', calibration }).snn;
    for (let l = 0; l + 1 < snn.layers.length; l++) {
      const start = { ...snn, layers: [...snn.layers.slice(0, l), ...raw.layers.slice(l)] };
      const before = meanErrors(start, l, calibration);
      const after = meanErrors(snn, l, calibration);
      const { theta, bias } = snn.layers[l]!;
      before.forEach((error, c) => {
        assert.equal(bias[c], Math.fround(raw.layers[l]!.bias[c]! + error), 'corrected once, by the error');
        const quantum = theta[theta.length > 1 ? c : 0]! / steps;
        const rounding = 1e-5 * (quantum * steps + Math.abs(error));
        const [low, high] = error > 0 ? [-quantum, error] : [error, quantum];
        assert.ok(after[c]! >= low - rounding && after[c]! <= high + rounding, `${error} -> ${after[c]}`);
        channels++;
        if (Math.abs(after[c]!) <= Math.abs(error)) better++;
      });
    }
  });
  assert.ok(better > channels / 2, `${better} of ${channels} channels have a smaller mean error`);
});

test('relu-max clips nothing that was seen, relu-percentile one in a thousand', async () => {
  for (const [method, share] of [
    ['relu-max', 0],
    ['relu-percentile', 0.001],
  ] as const)
    await everyReluCase(method, 10, ({ snn, calibration }) => {
      for (const { name, theta } of snn.layers.slice(0, -1)) {
        const seen = Array.from(calibration.activations.get(name)!);
        const above = seen.filter((a) => a > theta[0]!).length;
        assert.ok(above <= Math.ceil(share * seen.length), `${above} of ${seen.length}`);
      }
    });
});

/** Counts above T and spikes taken back, on images far brighter than those that were calibrated on. */
function beyondReLU({ trained, snn }: Case, steps: number) {
  const images = randomImages(trained, 2, 1).map((x) => 8 * x);
  const { record } = simulate(snn, images, { steps, record: { counts: true, spikes: true } });
  const hidden = record.slice(0, -1);
  const total = (of: (layer: (typeof record)[number]) => number) =>
    hidden.reduce((sum, layer) => sum + of(layer), 0);
  return {
    negative: total(({ counts }) => counts!.filter((count) => count < 0).length),
    bursts: total(({ counts }) => counts!.filter((count) => count > steps).length),
    taken: total(({ spikes }) => spikes!.filter((s) => s < 0).length),
  };
}

test('relu-burst and relu-memory: counts are those of a ReLU', async () => {
  for (const method of ['relu-burst', 'relu-memory'])
    await everyReluCase(method, 20, (one, steps) => assert.equal(beyondReLU(one, steps).negative, 0));
});

test('bursts pass T, memory takes spikes back: each on some of forty networks', async () => {
  const seen = { bursts: 0, taken: 0 };
  for (let seed = 0; seed < 40; seed++)
    for (const [method, what] of [
      ['relu-burst', 'bursts'],
      ['relu-memory', 'taken'],
    ] as const) {
      const one = await reluCase(method, seed, 8);
      if (one) seen[what] += beyondReLU(one, 8)[what];
    }
  assert.ok(
    seen.bursts > 0 && seen.taken > 0,
    `${seen.bursts} counts above T, ${seen.taken} spikes taken back`,
  );
});

/** Counts and currents of the first layer, which sees the same current at every step; per neuron with its theta. */
function firstLayer(snn: SpikingNetwork, images: Float32Array, steps: number) {
  const { record } = simulate(snn, images, { steps, record: { counts: true, currents: true, layers: [0] } });
  const { counts, currents } = record[0]!;
  const { theta } = snn.layers[0]!;
  return Array.from(counts!, (count, i) => ({ count, x: currents![i]!, theta: theta[i % theta.length]! }));
}

const clip = (k: number, low: number, high: number): number => Math.max(low, Math.min(high, k)) + 0;
const levels = fc.constantFrom(1, 2, 4, 8, 16);

test('qcfs: at T = L and a constant current the rate is the activation, exactly', () => {
  fc.assert(
    fc.property(seeds, levels, (seed, L) => {
      const trained = randomTrainedNetwork(seed, { activation: 'qcfs' });
      const { snn } = convert(trained, { method: 'qcfs' });
      for (const { count, x, theta } of firstLayer(snn, randomImages(trained, 1, seed), L)) {
        const activation = theta * clip(Math.floor((x * L) / theta + 0.5) / L, 0, 1);
        assert.equal((theta * count) / L, activation);
      }
    }),
    { numRuns: 40 },
  );
});

test('trelu: v0 = theta/2 gives the count that a bias of theta/(2T) gives at T; trelu-zero truncates', () => {
  let early = 0;
  fc.assert(
    fc.property(seeds, levels, (seed, steps) => {
      const trained = randomTrainedNetwork(seed, { activation: 'trelu' });
      const images = randomImages(trained, 1, seed);
      const { snn } = convert(trained, { method: 'trelu' });
      const plain = convert(trained, { method: 'trelu-zero' }).snn;
      assert.equal(plain.initialPotential, 0);
      const first = plain.layers[0]!;
      const { theta } = first;
      const bias = first.bias.map((b, c) => b + theta[theta.length > 1 ? c : 0]! / (2 * steps));
      const shifted = { ...plain, layers: [{ ...first, bias }, ...plain.layers.slice(1)] };
      const [halves, shifts, zeros] = [snn, shifted, plain].map((net) => firstLayer(net, images, steps));
      halves!.forEach(({ count, x, theta }, i) => {
        assert.equal(count, clip(Math.floor((steps * x) / theta + 0.5), 0, steps));
        assert.equal(shifts![i]!.count, count);
        assert.equal(zeros![i]!.count, clip(Math.floor((steps * x) / theta), 0, steps));
      });
      if (steps > 1) {
        const half = Math.floor(steps / 2);
        const [sooner, later] = [snn, shifted].map((net) => firstLayer(net, images, half));
        sooner!.forEach(({ count }, i) => {
          if (count !== later![i]!.count) early++;
        });
      }
    }),
    { numRuns: 40 },
  );
  assert.ok(early > 0, 'before T the two differ somewhere');
});

test('tleaky-relu: a negative current sends a times as many spikes; one slope for all layers', () => {
  const sloped = (trained: TrainedNetwork, leak: (l: number) => number): TrainedNetwork => {
    let l = 0;
    const layers = trained.architecture.layers.map((layer) =>
      layer.kind === 'activation' ? { ...layer, leak: leak(l++) } : layer,
    );
    return { ...trained, architecture: { ...trained.architecture, layers } };
  };
  let negative = 0;
  fc.assert(
    fc.property(seeds, levels, fc.constantFrom(1, 0.5, 0.25), (seed, steps, a) => {
      const trained = sloped(randomTrainedNetwork(seed, { activation: 'tleaky-relu' }), () => a);
      const { snn } = convert(trained, { method: 'tleaky-relu' });
      assert.equal(snn.neuron.slope, a);
      for (const { count, x, theta } of firstLayer(snn, randomImages(trained, 1, seed), steps)) {
        assert.equal(count, clip(Math.trunc((steps * (x < 0 ? a * x : x)) / theta), -steps, steps));
        if (count < 0) negative++;
      }
    }),
    { numRuns: 40 },
  );
  assert.ok(negative > 100);
  const two = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map((seed) => randomTrainedNetwork(seed, { activation: 'tleaky-relu' }))
    .find(({ architecture }) => architecture.layers.filter(({ kind }) => kind === 'activation').length > 1)!;
  const refuses = (leak: (l: number) => number, message: RegExp): void =>
    assert.throws(() => convert(sloped(two, leak), { method: 'tleaky-relu' }), {
      name: 'InputError',
      message,
    });
  refuses((l) => (l === 0 ? 0.5 : 0.25), /expected one slope below 0 in \(0, 1\] .*found 0\.5, 0\.25/);
  refuses(() => 0, /found 0; train/);
});

test('every method: its neurons run, say how they came about, and come back from a file', async () => {
  assert.equal(new Set(CONVERSION_METHODS.map(({ name }) => name)).size, CONVERSION_METHODS.length);
  for (const { name, activations, neurons, needsCalibration, source, calibrate } of CONVERSION_METHODS) {
    assert.equal(methodNamed(name).source, source);
    for (const activation of activations)
      for (const neuron of neurons) {
        const trained = randomTrainedNetwork(4, { activation });
        const calibration = await randomCalibration(trained, 4, 8, 4);
        const { snn, report } = convert(trained, {
          method: name,
          neuron,
          ...(needsCalibration && { calibration }),
        });
        assert.equal(snn.provenance.method, name);
        assert.equal(snn.provenance.calibrationImages, needsCalibration ? 4 : undefined);
        assert.equal(report.calibrationSteps, calibrate ? 8 : undefined);
        assert.equal(report.layers[0]!.theta!.max, Math.max(...snn.layers[0]!.theta));
        const back = decodeSnn(encodeSnn(snn), name);
        assert.deepEqual(back, snn);
        const images = randomImages(trained, 1, 4);
        assert.deepEqual(
          simulate(back, images, { steps: 4 }).logits,
          simulate(snn, images, { steps: 4, engine: 'reference' }).logits,
        );
      }
  }
});

test('a method that runs the network asks for images and steps', async () => {
  const trained = randomTrainedNetwork(4, { activation: 'relu' });
  const { activations } = await randomCalibration(trained, 2, 4, 4);
  for (const method of ['relu-balanced', 'relu-rmp', 'relu-calibrated'])
    assert.throws(() => convert(trained, { method, calibration: { activations } }), {
      name: 'InputError',
      message: /runs the spiking network, expected calibration images and steps, found no images/,
    });
});

test('balanced thresholds are the largest currents by the reference engine too', async () => {
  const one = await reluCase('relu-balanced', 12, 6);
  const definition = simulate(one!.snn, one!.calibration.images, {
    steps: 6,
    engine: 'reference',
    record: { currents: true },
  });
  one!.snn.layers.slice(0, -1).forEach(({ theta }, l) => {
    assert.equal(
      theta[0],
      definition.record[l]!.currents!.reduce((a, b) => Math.max(a, b)),
    );
  });
});
