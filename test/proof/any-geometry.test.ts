/** @file The laws, bounds, counts and anatomy of networks of any geometry, max pools and concatenations among them. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { exactNetwork } from '../../src/convert/transforms/index.ts';
import { countOperations } from '../../src/energy/count-operations.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import { anatomyOf } from '../../src/proof/anatomy/anatomy-of.ts';
import { certify } from '../../src/proof/bounds/certify.ts';
import { certifyBall } from '../../src/proof/bounds/certify-ball.ts';
import { checkConservation } from '../../src/proof/laws/check-conservation.ts';
import { checkExactLaw } from '../../src/proof/laws/check-exact-law.ts';
import { traceLayer } from '../../src/proof/laws/trace-layer.ts';
import { quantisedLogits } from '../../src/proof/networks/quantised-logits.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { runQuantised } from '../../src/proof/networks/run-quantised.ts';
import { createRuntime } from '../../src/runtime.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { wiringOf } from '../../src/snn/wiring.ts';
import { convertedOrRefused } from '../support/converted-architecture.ts';
import { architectureCases } from '../support/random-architecture.ts';

const runtime = createRuntime({ workers: 1 });
after(() => runtime.close());

const record = { spikes: true, membrane: true, currents: true, counts: true } as const;

test('conservation holds of every neuron; a certificate bounds what the run is off by; a ball holds what moves within it', () => {
  fc.assert(
    fc.property(architectureCases(), fc.integer({ min: 1, max: 6 }), ({ network, images }, steps) => {
      const snn = convertedOrRefused(network);
      if (!snn) return;
      const pixels = mapSize(snn.input);
      const image = images.subarray(0, pixels);
      const result = simulate(snn, image, { steps, record });
      const traces = snn.layers.slice(0, -1).map((_, l) => traceLayer(snn, result, l, 0));
      for (const trace of traces) assert.equal(checkConservation(trace).broken, 0, trace.name);
      const folded = runFolded(snn, image).logits;
      const { bounds } = certify(snn, result, 0, { traces });
      const logits = result.logits.subarray(-snn.classes);
      folded.forEach((logit, c) => {
        const size = 1e-5 * Math.max(1, Math.abs(logit));
        assert.ok(Math.abs(logit - logits[c]!) <= bounds[c]! + size, `${logit - logits[c]!} > ${bounds[c]}`);
      });
      const moved = image.map((pixel, i) => pixel + (i % 2 === 0 ? 0.01 : -0.01));
      const claimed = folded.indexOf(Math.max(...folded));
      const ball = certifyBall(snn, image, 0.01, claimed);
      const far = runFolded(snn, moved).logits;
      far.forEach((logit, c) => {
        if (c !== claimed)
          assert.ok(far[claimed]! - logit >= ball.margins[c]! - 1e-4, `class ${c} is nearer than the margin`);
      });
    }),
    { numRuns: 120 },
  );
});

test('settled counts obey the exact law, and the quantised network by products is the one by definition', () => {
  fc.assert(
    fc.property(
      architectureCases({ dyadicPools: true, unevenMeans: false }),
      fc.constantFrom('half', 'tracer', 'rest'),
      ({ network, images, count }, neuron) => {
        const snn = convertedOrRefused(network, neuron);
        if (!snn) return;
        const steps = 3;
        const exact = exactNetwork(snn, steps);
        const pixels = mapSize(exact.input);
        const run = simulate(exact, images, { steps, schedule: 'settling', record: { counts: true } });
        const fast = quantisedLogits(runtime, exact, images, steps);
        for (let i = 0; i < count; i++) {
          const image = images.subarray(i * pixels, (i + 1) * pixels);
          const counts = run.record.slice(0, -1).map(({ counts: all }) => {
            const neurons = all!.length / count;
            return all!.subarray(i * neurons, (i + 1) * neurons);
          });
          for (const layer of checkExactLaw(exact, image, counts, steps))
            assert.deepEqual([layer.nextToTie, layer.broken], [0, 0], layer.name);
          runQuantised(exact, image, steps).logits.forEach((logit, c) => {
            assert.equal(fast[i * exact.classes + c], Math.fround(logit));
          });
        }
      },
    ),
    { numRuns: 80 },
  );
});

test('accumulates are counted spike by spike and synapse by synapse, gaps, borders and other groups left out', () => {
  fc.assert(
    fc.property(architectureCases(), ({ network, images }) => {
      const snn = convertedOrRefused(network);
      if (!snn) return;
      const steps = 4;
      const image = images.subarray(0, mapSize(snn.input));
      const result = simulate(snn, image, { steps, record: { spikes: true } });
      // every synapse has weight 1, and a spike of either sign comes as 1: the currents are the numbers of accumulates
      const counting = wiringOf(snn).map(({ spikes }) => spikes);
      let expected = 0;
      counting.forEach((groups, l) => {
        const [height, width, channels] = snn.layers[l]!.shape;
        for (const group of groups) {
          const { kernelHeight, kernelWidth, stride, padding, dilation, map, sent, pool, maxPool } = group;
          const spikes = result.record[group.from]!.spikes!;
          const size = mapSize(group.source);
          const before = new Int32Array(mapSize(sent));
          const total = new Int32Array(size);
          for (let t = 0; t < steps; t++) {
            const now = new Int32Array(mapSize(sent));
            if (maxPool) {
              for (let i = 0; i < size; i++) total[i]! += spikes[t * size + i]!;
              for (let p = 0; p < now.length; p++) {
                const [c, place] = [p % sent[2], Math.floor(p / sent[2])];
                const [y, x] = [Math.floor(place / sent[1]), place % sent[1]];
                let largest = Number.NEGATIVE_INFINITY;
                for (let dy = 0; dy < maxPool.window[0]; dy++)
                  for (let dx = 0; dx < maxPool.window[1]; dx++) {
                    const row = y * maxPool.stride[0] + dy - maxPool.padding[0];
                    const column = x * maxPool.stride[1] + dx - maxPool.padding[2];
                    if (row < 0 || column < 0 || row >= group.source[0] || column >= group.source[1])
                      continue;
                    largest = Math.max(largest, total[(row * group.source[1] + column) * sent[2] + c]!);
                  }
                now[p] = largest - before[p]!;
                before[p] = largest;
              }
            } else for (let i = 0; i < size; i++) now[i] = spikes[t * size + i]!;
            for (let y = 0; y < height; y++)
              for (let x = 0; x < width; x++)
                for (let ky = 0; ky < (group.kind === 'identity' ? 1 : kernelHeight); ky++)
                  for (let kx = 0; kx < (group.kind === 'identity' ? 1 : kernelWidth); kx++) {
                    const identity = group.kind === 'identity';
                    const my = identity ? y : y * stride[0] + ky * dilation[0] - padding[0];
                    const mx = identity ? x : x * stride[1] + kx * dilation[1] - padding[2];
                    if (my < 0 || mx < 0 || my >= map[0] || mx >= map[1]) continue;
                    for (let dy = 0; dy < pool.window[0]; dy++)
                      for (let dx = 0; dx < pool.window[1]; dx++) {
                        const row = my * pool.stride[0] + dy - pool.padding[0];
                        const column = mx * pool.stride[1] + dx - pool.padding[2];
                        if (row < 0 || column < 0 || row >= sent[0] || column >= sent[1]) continue;
                        for (let c = 0; c < sent[2]; c++) {
                          const at = (row * sent[1] + column) * sent[2] + c;
                          expected += Math.abs(now[at]!) * (identity ? 1 : channels / group.groups);
                        }
                      }
                  }
          }
        }
      });
      const { snnAc } = countOperations(snn, result);
      assert.ok(
        Math.abs(snnAc.at(-1)! - expected) < 1e-6 * Math.max(1, expected),
        `${snnAc.at(-1)} for ${expected}`,
      );
    }),
    { numRuns: 60 },
  );
});

test('the anatomy of a run adds up', () => {
  fc.assert(
    fc.property(architectureCases(), ({ network, images }) => {
      const snn = convertedOrRefused(network);
      if (!snn || snn.layers.length < 2) return;
      const result = simulate(snn, images, { steps: 4, record: { spikes: true, membrane: true } });
      for (const { whole, parts, name } of anatomyOf(snn, images, result)) {
        const sum = Object.values(parts).reduce((total, { mean }) => total + mean, 0);
        assert.ok(Math.abs(whole.mean - sum) < 1e-6, name);
      }
    }),
    { numRuns: 40 },
  );
});
