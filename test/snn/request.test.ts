/** @file What a simulation does when it is not told: the same in the library and on the command line; and what it refuses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SIMULATION_OPTIONS, simulationRequest } from '../../src/cli/options/simulation.ts';
import { convert } from '../../src/convert/convert.ts';
import { quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import { requestOf } from '../../src/snn/request.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { Schedule, SimulateOptions } from '../../src/snn/simulation.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

const trained = randomTrainedNetwork(1);
const { snn } = convert(trained);
const tracer = convert(trained, { neuron: 'tracer' }).snn;
const image = randomImages(trained, 1, 1);

test('events by SIMD, step by step; settling for tracers; plain loops for the reference engine', () => {
  const { engine, schedule, kernels } = requestOf(snn, { steps: 2 });
  assert.deepEqual([engine, schedule, kernels], ['events', 'streaming', 'simd']);
  assert.equal(requestOf(tracer, { steps: 2 }).schedule, 'settling');
  assert.equal(requestOf(snn, { steps: 2, engine: 'products' }).kernels, 'simd');
  assert.equal(requestOf(snn, { steps: 2, engine: 'reference' }).kernels, 'reference');
});

test('on the command line as in the library', () => {
  const options = { ...COMMON_OPTIONS, ...SIMULATION_OPTIONS };
  for (const words of [[], ['--engine', 'reference'], ['--engine', 'products'], ['--kernels', 'reference']])
    for (const network of [snn, tracer]) {
      const { values, given } = parseOptions(words, options);
      const said = Object.fromEntries(words.length > 0 ? [[words[0]!.slice(2), words[1]]] : []);
      assert.deepEqual(simulationRequest(network, values, given), requestOf(network, { steps: 8, ...said }));
    }
});

test('the result says what was done', () => {
  const schedules: Schedule[] = ['streaming', 'layered', 'settling'];
  const ways: readonly [Partial<SimulateOptions>, RegExp][] = [
    [{}, /^events, float32, simd, 1 lane$/],
    [{ kernels: 'reference' }, /^events, float32, plain loops$/],
    [{ engine: 'products' }, /^products, float32, simd, 1 lane$/],
    [{ engine: 'reference' }, /^reference, float32, plain loops$/],
  ];
  for (const schedule of schedules)
    for (const [options, words] of ways) {
      const result = simulate(snn, image, { steps: 2, schedule, ...options });
      assert.equal(result.schedule, schedule);
      assert.equal(result.engine, options.engine ?? 'events');
      assert.match(result.method, words);
    }
});

test('on the int8 grid events and products run in integers, unless more is on record than events keep', () => {
  const grid = quantisedToInt8(snn);
  const words = (options: Partial<SimulateOptions> = {}) =>
    simulate(grid, image, { steps: 2, ...options }).method;
  assert.match(words(), /^events, int8/);
  assert.match(words({ record: { spikes: true, counts: true } }), /^events, int8/);
  assert.match(words({ schedule: 'settling' }), /^events, int8/);
  for (const options of [{ record: { currents: true } }, { record: { membrane: true } }] as const)
    assert.doesNotMatch(words(options), /int8/, JSON.stringify(options));
  assert.match(words({ engine: 'products' }), hasRelaxedSimd ? /^products, int8/ : /^products, float32/);
});

test('what could not be followed is refused, never ignored', () => {
  const refused: readonly [typeof snn, SimulateOptions, RegExp][] = [
    [snn, { steps: 0 }, /^UsageError: steps: expected a whole number >= 1, found 0$/],
    [
      snn,
      { steps: 1, engine: 'reference', kernels: 'simd' },
      /^UsageError: kernels: engine reference is plain loops/,
    ],
    [
      snn,
      { steps: 1, engine: 'products', kernels: 'reference' },
      /^UsageError: kernels: engine products has no plain/,
    ],
    [
      tracer,
      { steps: 1, stop: { rule: 'certain' } },
      /^UsageError: stop: .* streaming only, found settling; use/,
    ],
  ];
  for (const [network, options, message] of refused) {
    assert.throws(() => requestOf(network, options), message);
    assert.throws(() => simulate(network, image, options), message);
  }
});

test('a word that a program without types may say is refused with those that there are', () => {
  for (const [own, words] of [
    [{ engine: 'event' }, 'engine: expected one of events, products, auto, reference, found event'],
    [{ schedule: 'layers' }, 'schedule: expected one of streaming, layered, settling, found layers'],
    [{ kernels: 'fast' }, 'kernels: expected one of simd, reference, found fast'],
  ] as const)
    assert.throws(() => requestOf(snn, { steps: 2, ...own } as never), new RegExp(`^UsageError: ${words}$`));
});
