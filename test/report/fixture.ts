/**
 * @file Runs that nobody ran: every number follows from a formula, every name says "synthetic". For tests of the report only.
 */

import type { ErrorStatistics } from '../../src/proof/anatomy/error-sums.ts';
import { ERROR_PARTS, type LayerAnatomy } from '../../src/proof/anatomy/layer-anatomy.ts';
import type { Comparison, MeasuredContender } from '../../src/report/comparison.ts';
import { overSeeds } from '../../src/report/seeds/over-seeds.ts';
import { neededBy } from '../../src/report/steps-needed.ts';

export const STEPS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const LAYERS = ['act1', 'act2', 'act3', 'act4', 'act5'];

const byStep = (value: (t: number) => number): Record<string, number> =>
  Object.fromEntries(STEPS.map((t) => [t, value(t)]));

function statistics(size: number, lean: number): ErrorStatistics {
  const bins = Array.from({ length: 41 }, (_, i) =>
    Math.round(1e4 * Math.exp(-(((i - 20 - 3 * lean) / 3) ** 2))),
  );
  const [positive, negative] = [size * (1 + lean), size * (1 - lean)];
  return {
    mean: positive - negative,
    rms: 2 * size,
    positive,
    negative,
    touched: 0.5,
    histogram: { limit: 0.5, bins },
  };
}

function anatomy(size: number, lean: number): LayerAnatomy[] {
  return LAYERS.map((name, l) => {
    const whole = statistics(size * (l + 1), lean);
    return {
      name,
      neurons: 100,
      images: 10,
      steps: 8,
      correlation: 0.99,
      whole,
      parts: Object.fromEntries(ERROR_PARTS.map((part) => [part, whole])) as LayerAnatomy['parts'],
      cancellation: [{ into: LAYERS[l + 1] ?? 'linear', survives: 0.1 + 0.05 * l, byChance: 0.2 }],
      overload: 0.01 * l,
      residual: { mean: 0, rms: 0.3, histogram: whole.histogram },
    };
  });
}

/** Method m of the fixture comes close to its ANN by T = 2^m. */
function method(m: number, title: string, ours: boolean): MeasuredContender {
  const annAccuracy = 98 - m / 8;
  const joule = (t: number): number => 1e-7 + 2e-8 * t * (1 + m / 4);
  return {
    id: `synthetic-${m}`,
    title,
    source: 'synthetic: nobody proposed it',
    ours,
    method: 'synthetic',
    neuron: 'half',
    training: `synthetic-network-${m}`,
    activation: ['strelu', 'trelu', 'tleaky-relu', 'qcfs', 'relu'][m % 5]!,
    annAccuracy,
    accuracy: byStep((t) => annAccuracy - 60 * 2 ** (-t / 2 ** (m / 2))),
    spikesPerNeuron: byStep((t) => 0.3 * t * (1 + m / 4)),
    spikesByLayer: Object.fromEntries(
      LAYERS.map((name, l) => [name, STEPS.map((t) => 0.1 * t * (5 - l) * (1 + m / 4))]),
    ),
    operations: {
      annMac: 1e6,
      snnMac: 1e5,
      snnAc: byStep((t) => 1e5 * t),
      membraneUpdates: byStep((t) => 1e3 * t),
      constantAdds: byStep((t) => 1e3 * t),
    },
    energy: {
      'horowitz-fp32': {
        annJoule: 4.6e-6,
        snnJoule: byStep(joule),
        membraneJoule: null,
        constantJoule: null,
      },
      loihi: {
        annJoule: null,
        snnJoule: byStep((t) => 5 * joule(t)),
        membraneJoule: null,
        constantJoule: null,
      },
    },
    overload: Object.fromEntries(LAYERS.map((name) => [name, 0.01])),
  };
}

/** @param methods how many, the first two are ours; @param name put into every text that a file may hold */
export function syntheticComparison(methods: number, name = 'synthetic'): Comparison {
  const bestAnn = 98;
  return {
    dataset: `${name} data`,
    model: `${name} model`,
    images: 100,
    steps: STEPS,
    bestAnn,
    baseline: 'synthetic-0',
    contenders: Array.from({ length: methods }, (_, m) => {
      const measured = method(m, `${name} method ${m}`, m < 2);
      return {
        ...measured,
        needed: neededBy(measured, STEPS, bestAnn),
        zeros: { steps: STEPS[0]!, images: 10, macShare: 0.5, bits: 2 },
        ...(m % 3 === 0 && { anatomy: anatomy(0.01 * (m + 1), m === 0 ? 0 : 0.8) }),
      };
    }),
    raster: {
      image: 0,
      steps: 16,
      layers: LAYERS.map((layer, l) => ({
        name: layer,
        neurons: 20 * (l + 1),
        spikes: Array.from(
          { length: 60 },
          (_, i) => [1 + (i % 16), (7 * i) % (20 * (l + 1)), i % 3 === 0 ? -1 : 1] as const,
        ),
      })),
    },
  };
}

/** One result file for each command that can be reported, as parsed JSON. */
export function syntheticResults(name = 'synthetic', methods = 13): Record<string, Record<string, unknown>> {
  const common = {
    version: '0.0.0',
    config: { dataset: `${name} data`, model: name, activation: name, steps: [1, 2, 4, 8] },
    machine: { processor: name, cores: 2, memoryGiB: 1, platform: name, runtime: name },
    seconds: 1.5,
  };
  const one = method(0, name, true);
  const layers = anatomy(0.01, 0.1);
  const raw = {
    sweep: {
      sweep: {
        study: 'synthetic',
        tables: [
          {
            stage: name,
            varied: ['train.lr', 'convert.neuron'],
            metrics: ['snn.accuracy.8'],
            rows: [0.001, 0.01, 0.1].flatMap((lr, i) =>
              ['half', `full ${name}`].map((neuron, j) => ({
                setting: { 'train.lr': lr, 'convert.neuron': neuron },
                figures: {
                  'snn.accuracy.8': {
                    ...{ count: 3, mean: 90 + i + j / 2 },
                    ...(i === 2 && j === 1
                      ? { deviation: null, reach: null }
                      : { deviation: 0.2, reach: 0.5 }),
                  },
                },
              })),
            ),
          },
        ],
        jobs: [
          {
            id: 'a',
            stage: name,
            setting: { 'train.lr': 0.1 },
            state: 'done',
            earlier: true,
            seconds: 1,
            figures: {},
          },
          {
            id: 'b',
            stage: name,
            setting: { 'train.lr': 1 },
            state: 'failed',
            error: name,
            seconds: 1,
            figures: {},
          },
        ],
      },
    },
    train: {
      ann: { accuracy: 97 },
      profile: {
        seconds: 1,
        rows: [
          { direction: 'forward', layer: name, kernel: 'conv2d', calls: 4, seconds: 0.5 },
          { direction: 'update', layer: '', kernel: 'sgd', calls: 4, seconds: 0.25 },
        ],
      },
      train: {
        imagesPerSecond: 1000,
        curve: [1, 2, 3, 4].map((epoch) => ({
          epoch,
          loss: 2 / epoch,
          trainAccuracy: 90 + epoch,
          testAccuracy: epoch === 2 ? Number.NaN : 91 + epoch,
          imagesPerSecond: 1000,
        })),
      },
    },
    advise: {
      advice: {
        method: name,
        neuron: 'half',
        layers: [
          { name, activation: name, exact: true, theta: 1, clipped: 20, reach: 1, says: name },
          { name: `${name} 2`, activation: name, exact: false, theta: 3, clipped: 0, reach: 0.2, says: name },
        ],
        images: 200,
        annAccuracy: 98,
        snnAccuracy: one.accuracy,
        tolerance: 0.5,
        steps: null,
        energyRatio: 0.4,
      },
    },
    convert: {
      conversion: {
        method: name,
        source: name,
        neuron: 'half',
        initialPotential: 0,
        removed: [name],
        layers: [
          {
            name,
            shape: [1, 1, 4],
            theta: { min: 1, max: 2, count: 4 },
            foldedFrom: [name],
            synapses: [{ kind: 'linear', from: 'image', pool: 1, weights: 8 }],
            moved: { count: 0, largest: 0 },
            bias: { count: 4, largest: 0.5 },
          },
        ],
      },
    },
    simulate: {
      ann: { accuracy: 98 },
      snn: { accuracy: one.accuracy },
      spikes: {
        perNeuron: one.spikesPerNeuron,
        density: Object.fromEntries(LAYERS.map((layer, l) => [layer, STEPS.map(() => 0.1 * (l + 1))])),
      },
      operations: one.operations,
      energy: one.energy,
    },
    verify: {
      laws: [{ id: name, says: name, cases: 10, holds: true, worst: 0, bound: Number.POSITIVE_INFINITY }],
      stages: [
        { name, accuracy: 98, lost: 0, changed: 0 },
        { name: 'SNN', accuracy: 97, lost: 1, changed: 1 },
      ],
      layers: layers.map((layer) => ({
        name: layer.name,
        correlation: 0.99,
        error: 0.02,
        bias: 0.001,
        otherCount: 0.1,
        histogram: layer.whole.histogram,
        anatomy: layer,
      })),
      images: 10,
    },
    compare: syntheticSeeds(syntheticComparison(methods, name)),
  };
  // as a file has it: NaN and Infinity are null
  return JSON.parse(
    JSON.stringify(
      Object.fromEntries(
        Object.entries(raw).map(([command, own]) => [command, { command, ...common, ...own }]),
      ),
    ),
  ) as Record<string, Record<string, unknown>>;
}

/** The same comparison with two seeds. */
function syntheticSeeds(comparison: Comparison): Record<string, unknown> {
  const over = overSeeds([
    { seed: 3, comparison },
    { seed: 5, comparison },
  ]);
  return { comparison, overSeeds: over };
}
