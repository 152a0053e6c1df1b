/** @file A verification on several threads: the same to the last bit, whoever does the work. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { InputError } from '../../../src/errors.ts';
import { networkInput } from '../../../src/lab/simulate/network-input.ts';
import { BLOCK, openBlockChecker, recordFor } from '../../../src/lab/verify/block-checker.ts';
import { startCheckers, threadsFor } from '../../../src/lab/verify/check-in-threads.ts';
import { checkNetwork } from '../../../src/lab/verify/check-network.ts';
import { NetworkTally } from '../../../src/lab/verify/network-tally.ts';
import { spawnThread } from '../../../src/platform/threads.ts';
import { createRuntime } from '../../../src/runtime.ts';
import type { SpikingNetwork } from '../../../src/snn/network.ts';
import { neuronNamed } from '../../../src/snn/neurons/index.ts';
import { leakyNeuron } from '../../../src/snn/neurons/leaky.ts';
import { requestOf } from '../../../src/snn/request.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { assertSame } from '../../support/assert-same.ts';
import { randomTrainedNetwork } from '../../support/random-network.ts';

const [one, two] = [createRuntime({ workers: 1 }), createRuntime({ workers: 2 })];
after(() => {
  one.close();
  two.close();
});

/** Images of bytes for a network. */
function imagesFor({ input, classes }: SpikingNetwork, count: number, seed: number): Dataset {
  const size = input[0] * input[1] * input[2];
  const images = Uint8Array.from({ length: count * size }, (_, i) => (i * 37 + seed * 101) % 256);
  return {
    ...{ name: 'bytes', shape: input, classes, classNames: [], synthetic: true, count, images },
    labels: Uint8Array.from({ length: count }, (_, i) => i % classes),
    mean: new Array(input[2]).fill(0.5),
    deviation: new Array(input[2]).fill(0.3),
  };
}

const cases = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  neuron: fc.constantFrom('full' as const, 'half' as const, 'tracer' as const),
  radius: fc.constantFrom(0, 0.01),
  count: fc.integer({ min: 8 * BLOCK, max: 9 * BLOCK }),
});

test('what is found does not depend on the number of threads, to the last bit', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ seed, neuron, radius, count }) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained, { neuron });
      const dataset = imagesFor(snn, count, seed);
      const request = { steps: 3, radius, architecture: trained.architecture };
      const options = { ...request, runtime: two };
      assert.equal(threadsFor(snn, dataset, options), 2);
      const [alone, together] = [
        await checkNetwork(snn, dataset, { ...request, runtime: one }),
        await checkNetwork(snn, dataset, options),
      ];
      const { simulated: a, ...said } = alone;
      const { simulated: b, ...too } = together;
      assertSame(too, said);
      assertSame({ ...b.result, method: '' }, { ...a.result, method: '' });
    }),
    { numRuns: 3 },
  );
});

test('blocks add up to what one tally says of all images at once', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ seed, neuron, radius, count }) => {
      const trained = randomTrainedNetwork(seed);
      const { architecture } = trained;
      const { snn } = convert(trained, { neuron });
      const dataset = imagesFor(snn, Math.ceil(count / 4), seed);
      const { schedule } = requestOf(snn, { steps: 3 });
      const images = networkInput(dataset, 0, dataset.count, snn);
      const options = { images: dataset.count, steps: 3, schedule, radius, architecture };
      const whole = new NetworkTally(snn, options);
      whole.add(
        simulate(snn, images, { steps: 3, schedule, record: recordFor(schedule) }),
        images,
        dataset.labels,
      );
      const {
        simulated: _,
        layers,
        ...found
      } = await checkNetwork(snn, dataset, {
        ...{ steps: 3, radius, architecture, runtime: one },
      });
      const { layers: expected, ...said } = whole.checks;
      assertSame(found, said);
      assertNear(layers, expected);
    }),
    { numRuns: 10 },
  );
});

/** Sums in another order: equal but for the last bits. */
function assertNear(found: unknown, expected: unknown): void {
  if (typeof expected === 'number')
    assert.ok(Math.abs((found as number) - expected) <= 1e-9 * Math.max(1, Math.abs(expected)));
  else if (typeof expected === 'object' && expected !== null)
    for (const [name, value] of Object.entries(expected))
      assertNear((found as Record<string, unknown>)[name], value);
  else assert.equal(found, expected);
}

test('a neuron of one’s own, plain loops and few images stay on the calling thread', () => {
  const { snn } = convert(randomTrainedNetwork(1), { neuron: 'half' });
  const own = { ...snn, neuron: { ...neuronNamed('half') } };
  const many = imagesFor(snn, 8 * BLOCK, 1);
  const options = { steps: 2, radius: 0, runtime: two };
  assert.equal(threadsFor(snn, many, options), 2);
  assert.equal(threadsFor(own, many, options), 1);
  assert.equal(threadsFor(snn, many, { ...options, kernels: 'reference' }), 1);
  assert.equal(threadsFor(snn, imagesFor(snn, 8 * BLOCK - BLOCK, 1), options), 1);
});

test('an error of a block is the caller’s, as if there were no threads', async () => {
  const trained = randomTrainedNetwork(2);
  const { snn } = convert(trained, { neuron: 'half' });
  const readout = snn.layers.at(-1)!;
  const inputs = readout.inputs.map((own) => ({ ...own, weight: own.weight.map(() => 3e38) }));
  const broken = { ...snn, layers: [...snn.layers.slice(0, -1), { ...readout, inputs }] };
  const dataset = imagesFor(snn, 8 * BLOCK, 2);
  const messages: string[] = [];
  for (const runtime of [one, two])
    await assert.rejects(checkNetwork(broken, dataset, { steps: 4, runtime }), (error) => {
      assert.ok(error instanceof InputError);
      messages.push(error.message);
      return true;
    });
  assert.equal(messages[0], messages[1]);
});

test('threads check every block themselves, and find what one thread finds', async () => {
  const { snn: full } = convert(randomTrainedNetwork(3), { neuron: 'full' });
  const snn = { ...full, neuron: leakyNeuron(0.25) };
  const dataset = imagesFor(snn, 8 * BLOCK - 3, 3);
  const options = { steps: 2, radius: 0 };
  assert.equal(threadsFor(snn, dataset, { ...options, runtime: two }), 2);
  const checkers = startCheckers(snn, dataset, options, 2);
  const here = openBlockChecker(snn, dataset, { ...options, runtime: one });
  try {
    for (let block = 7; block >= 0; block--)
      assertSame((await checkers.checked(block))?.findings, (await here.check(block)).findings);
  } finally {
    checkers.close();
    here.close();
  }
});

test('blocks of threads that died, or never began, are left to the caller; so are all when it closes', async () => {
  const { snn } = convert(randomTrainedNetwork(3), { neuron: 'half' });
  const dataset = imagesFor(snn, 8 * BLOCK, 3);
  const options = { steps: 2, radius: 0 };
  const killed = startCheckers(snn, dataset, options, 2, (module, data) => {
    const thread = spawnThread(module, data);
    setTimeout(() => thread.terminate());
    return thread;
  });
  for (let block = 0; block < 8; block++) assert.equal(await killed.checked(block), null);
  killed.close();

  const closed = startCheckers(snn, dataset, options, 2);
  const waited = closed.checked(7);
  closed.close();
  assert.equal(await waited, null);

  // one dies after its first block: the other goes on, and what none has is null
  let first = true;
  const halved = startCheckers(snn, dataset, options, 2, (module, data) => {
    const thread = spawnThread(module, data);
    if (first) thread.onMessage(() => thread.terminate());
    first = false;
    return thread;
  });
  const found: boolean[] = [];
  for (let block = 0; block < 8; block++) found.push((await halved.checked(block)) !== null);
  assert.ok(found.filter((one) => !one).length <= 2, `${found}`);
  halved.close();
});
