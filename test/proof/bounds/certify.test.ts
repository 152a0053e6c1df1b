/** @file Certificates never lie, on real weights and over balls of images; where they say nothing they say so. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { quantisedToInt8 } from '../../../src/convert/transforms/index.ts';
import { certify, certifyEach } from '../../../src/proof/bounds/certify.ts';
import { certifyBall, certifyBallEach } from '../../../src/proof/bounds/certify-ball.ts';
import { runFolded } from '../../../src/proof/networks/run-folded.ts';
import { Random } from '../../../src/random/random.ts';
import type { SpikingNetwork } from '../../../src/snn/network.ts';
import { half } from '../../../src/snn/neurons/half.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { analogueCurrents, wiringOf } from '../../../src/snn/wiring.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

const record = { spikes: true, membrane: true, currents: true };
const seeds = fc.integer({ min: 0, max: 1e6 });
/** float32 currents against float64 sums. */
const ROUNDING = 2 ** -16;

const classOf = (logits: Float64Array): number => logits.indexOf(logits.reduce((a, b) => Math.max(a, b)));

test('every image in the ball has logits within the bound, and the certified class', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.integer({ min: 1, max: 256 }),
      fc.constantFrom(0, 0.001, 0.1),
      (seed, steps, ball) => {
        const trained = randomTrainedNetwork(seed, { dyadic: false });
        const { snn } = convert(trained, { neuron: seed % 2 ? 'half' : 'full' });
        const image = randomImages(trained, 1, seed, false);
        const result = simulate(snn, image, { steps, record, engine: 'reference' });
        const certificate = certify(snn, result, 0, { ball, foldedLogits: runFolded(snn, image).logits });
        const logits = result.logits.subarray((steps - 1) * snn.classes);
        // Corners of the ball, where linear maps reach their extremes.
        for (let corner = 0; corner < 4; corner++) {
          const other = image.map((pixel, i) => pixel + ((i * 7 + corner * seed) % 3 === 0 ? ball : -ball));
          const ideal = runFolded(snn, other).logits;
          ideal.forEach((logit, c) => {
            const bound = certificate.bounds[c]!;
            assert.ok(Math.abs(logit - logits[c]!) <= bound + (1 + bound) * ROUNDING);
          });
          if (certificate.certified) assert.equal(classOf(ideal), certificate.class);
        }
        if (certificate.observed)
          assert.ok(certificate.tightness! > 1 - ROUNDING * 64 || certificate.observed < ROUNDING);
      },
    ),
    { numRuns: 50 },
  );
});

test('with enough steps there are images that it certifies: the test above is not empty', () => {
  let certified = 0;
  for (let seed = 0; seed < 12; seed++) {
    const trained = randomTrainedNetwork(seed, { dyadic: false });
    const { snn } = convert(trained, { neuron: 'half' });
    const image = randomImages(trained, 1, seed, false);
    if (certify(snn, simulate(snn, image, { steps: 200, record, kernels: 'reference' }), 0).certified)
      certified++;
  }
  assert.ok(certified > 2, `expected more than 2 of 12, found ${certified}`);
});

/** One input, one neuron, one step short of everything: numbers that can be followed by hand. */
const tiny = (weight: number, lead = 0): SpikingNetwork => {
  const synapses = { kind: 'linear' as const, pool: 1, kernel: 1, stride: 1, padding: 0 };
  return {
    name: 'tiny',
    input: [1, 1, 1],
    classes: 2,
    neuron: half,
    initialPotential: 0,
    provenance: {},
    layers: [
      {
        name: 'hidden',
        shape: [1, 1, 1],
        theta: Float32Array.of(1),
        bias: Float32Array.of(0),
        inputs: [{ ...synapses, from: -1, weight: Float32Array.of(1) }],
      },
      {
        name: 'readout',
        shape: [1, 1, 2],
        theta: new Float32Array(0),
        bias: Float32Array.of(0, lead),
        inputs: [{ ...synapses, from: 0, weight: Float32Array.of(weight, -weight) }],
      },
    ],
  };
};

test('by hand: bound = abs(w) * error of the rate; certified when the margin passes both bounds', () => {
  const run = (x: number, steps: number, lead = 0) => {
    const network = tiny(2, lead);
    return certify(network, simulate(network, Float32Array.of(x), { steps, record, engine: 'reference' }), 0);
  };
  // Sent: 3 of 4 possible spikes, exactly x; then 1 of 2 for x = 0.75 (error 1/4, twice that per logit).
  const sure = run(0.75, 4);
  assert.ok(sure.bounds[0]! < 1e-5);
  assert.deepEqual([sure.class, sure.margin, sure.certified, sure.vacuous], [0, 3, true, false]);
  const off = run(0.75, 2);
  assert.equal(off.margin, 4);
  assert.ok(Math.abs(off.bounds[0]! - 0.5) < 1e-5);
  // Logits 2 and -2 + lead: a margin of 3/4 lies between one bound (1/2) and both (1), for either logit may be off.
  assert.deepEqual([run(0.75, 2, 3.25).margin, run(0.75, 2, 3.25).certified], [0.75, false]);
  assert.equal(run(0.75, 2, 2.75).certified, true);
  const unsure = run(0.25, 1);
  assert.deepEqual([unsure.margin, unsure.certified, unsure.vacuous], [0, false, true]);
});

test('a ball is certified only when no image in it has another class; margins are lower bounds', () => {
  let certified = 0;
  for (let seed = 0; seed < 60; seed++) {
    const trained = randomTrainedNetwork(seed, { dyadic: false, batchNorm: true });
    const { snn } = convert(trained, { neuron: 'half' });
    const image = randomImages(trained, 1, seed, false);
    const centre = runFolded(snn, image).logits;
    const best = classOf(centre);
    const radius = [0, 0.001, 0.01, 0.1][seed % 4]!;
    const ball = certifyBall(snn, image, radius, best);
    if (ball.certified) certified++;
    const random = Random.seeded(seed);
    for (let k = 0; k < 8; k++) {
      const { logits } = runFolded(
        snn,
        image.map((pixel) => pixel + radius * (2 * random.integer(2) - 1)),
      );
      logits.forEach((logit, c) => {
        if (c !== best) assert.ok(logits[best]! - logit >= ball.margins[c]! - ROUNDING);
      });
    }
    // A ball of radius 0 is the image itself: nothing is lost.
    const point = certifyBall(snn, image, 0, best).margins;
    centre.forEach((logit, c) => {
      if (c !== best) assert.ok(Math.abs(centre[best]! - logit - point[c]!) <= ROUNDING);
    });
    assert.ok(!certifyBall(snn, image, radius, (best + 1) % snn.classes).certified);
  }
  assert.ok(certified > 10 && certified < 60, `some but not all: ${certified}`);
});

test('a ball of radius 0: the margins are the differences of the folded logits, also where a unit is not 1', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom('half', 'rest', 'full'), fc.boolean(), (seed, neuron, whole) => {
      const trained = randomTrainedNetwork(seed, { dyadic: false });
      const plain = convert(trained, { neuron }).snn;
      const snn = whole && neuron !== 'full' ? quantisedToInt8(plain) : plain;
      const image = randomImages(trained, 1, seed, false);
      const { logits } = runFolded(snn, image);
      const largest = logits.reduce((sum, logit) => Math.max(sum, Math.abs(logit)), 1);
      for (let claimed = 0; claimed < snn.classes; claimed++) {
        const { margins, certified, radius } = certifyBall(snn, image, 0, claimed);
        assert.equal(radius, 0);
        logits.forEach((logit, c) => {
          if (c === claimed) assert.equal(margins[c], Number.POSITIVE_INFINITY);
          else assert.ok(Math.abs(margins[c]! - (logits[claimed]! - logit)) <= 1e-5 * largest, `class ${c}`);
        });
        assert.equal(
          certified,
          margins.every((margin) => margin > 0),
        );
      }
    }),
    { numRuns: 40 },
  );
});

test('several images at once: the certificates and balls of each alone', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom('half', 'full', 'rest'), fc.nat(3), (seed, neuron, more) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained, { neuron });
      const wiring = wiringOf(snn);
      const count = 1 + more;
      const images = randomImages(trained, count, seed);
      const size = images.length / count;
      const all = Array.from({ length: count }, (_, i) => images.subarray(i * size, (i + 1) * size));
      const result = simulate(snn, images, { steps: 4, record });
      assert.deepEqual(
        certifyEach(
          snn,
          result,
          all.map((_, image) => ({ image })),
          { ball: 0.01, wiring },
        ),
        all.map((_, image) => certify(snn, result, image, { ball: 0.01, wiring })),
      );
      assert.deepEqual(
        certifyBallEach(
          snn,
          all.map((image, i) => ({ constant: analogueCurrents(snn, image), claimed: i % snn.classes })),
          0.01,
          wiring,
        ),
        all.map((image, i) => certifyBall(snn, image, 0.01, i % snn.classes, wiring)),
      );
    }),
    { numRuns: 40 },
  );
});
