/**
 * @file One network, computed in every way that there is: all of them agree, or all of them refuse it in the same words.
 *
 *     continuous   the trained network and the folded one (agreement-continuous.ts)
 *     spiking      events by SIMD on 1, 2 and 3 workers, events in plain loops, and image by image, against the reference engine, bit
 *                  for bit: spikes, potentials, currents, counts, logits, and what was counted; on the int8 grid too
 *     exact        where float32 is wide enough for a grid: products against the reference engine, number for number, and settled
 *                  counts against the quantised network's
 *     laws         whatever the neuron's page claims, of every neuron of the run
 */

import assert from 'node:assert/strict';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { UserError } from '../../src/errors.ts';
import { NetworkTally } from '../../src/lab/verify/network-tally.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import { settledCount } from '../../src/proof/networks/ideal-count.ts';
import { runQuantised } from '../../src/proof/networks/run-quantised.ts';
import { createRuntime, type Runtime } from '../../src/runtime.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../../src/snn/simulation.ts';
import { wiringOf } from '../../src/snn/wiring.ts';
import { assertContinuous } from './agreement-continuous.ts';
import { assertSame } from './assert-same.ts';
import type { ExtremeCase } from './extreme-network.ts';

const record = { spikes: true, membrane: true, currents: true, counts: true } as const;

/** Runtimes by their number of workers, made when first asked for; 0: plain loops. */
const runtimes = new Map<number, Runtime>();

function runtimeOf(workers: number): Runtime {
  const runtime =
    runtimes.get(workers) ?? createRuntime(workers === 0 ? { kernels: 'reference' } : { workers });
  runtimes.set(workers, runtime);
  return runtime;
}

/** Ends the threads. */
export function closeAgreement(): void {
  for (const runtime of runtimes.values()) runtime.close();
  runtimes.clear();
}

/**
 * Throws an AssertionError where two ways differ.
 * @throws UserError where the conversion refuses the network by name
 */
export function assertAgreement(one: ExtremeCase): void {
  const half = convert(one.network, { method: 'strelu', neuron: 'half' }).snn;
  assertContinuous(one, half, [runtimeOf(0), runtimeOf(one.workers)]);
  const snn = withNeuron(one, half);
  assertEngines(one, snn);
  assertLaws(one, snn);
  const int8 = unlessRefused(() => quantisedToInt8(snn));
  if (int8) assertEngines(one, int8);
  const exact = one.extreme ? null : unlessRefused(() => exactNetwork(snn, one.steps));
  if (exact) assertExact(one, exact);
}

function withNeuron({ network, neuron }: ExtremeCase, half: SpikingNetwork): SpikingNetwork {
  if (['full', 'tracer', 'rest'].includes(neuron)) return convert(network, { method: 'strelu', neuron }).snn;
  const known = neuronNamed(neuron);
  return { ...half, neuron: known.withSlope?.(0.25) ?? known, initialPotential: known.start };
}

function unlessRefused<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

type Facts = Omit<SimulationResult, 'engine' | 'method'> | { readonly refused: string };

/** Everything but how it was computed; or what it was refused with. */
function factsOf(snn: SpikingNetwork, images: Float32Array<ArrayBuffer>, options: SimulateOptions): Facts {
  try {
    const { engine: _, method: __, ...facts } = simulate(snn, images, options);
    return facts;
  } catch (error) {
    if (error instanceof UserError) return { refused: error.message };
    throw error;
  }
}

/** A product adds 0 where the definition adds nothing: a current of -0, of a bias that was rounded to it, becomes 0. */
const withoutSignedZeros = (value: unknown): unknown => {
  if (value instanceof Float32Array) return value.map((x) => x + 0);
  if (Array.isArray(value)) return value.map(withoutSignedZeros);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutSignedZeros(one)]));
};

function assertEngines({ images, count, steps, schedule, workers }: ExtremeCase, snn: SpikingNetwork): void {
  const usual = { steps, schedule, record };
  const expected = factsOf(snn, images, { ...usual, engine: 'reference' });
  const ways: readonly Partial<SimulateOptions>[] = [
    { kernels: 'reference' },
    { kernels: 'simd' },
    { kernels: 'simd', runtime: runtimeOf(workers) },
  ];
  for (const way of ways) {
    const where = way.runtime ? ` on ${workers} workers` : '';
    assertSame(factsOf(snn, images, { ...usual, ...way }), expected, `events, ${way.kernels}${where}`);
  }
  if ('refused' in expected) return;
  // without a record other kernels may run
  const { record: _, ...sums } = expected;
  const { record: __, ...bare } = factsOf(snn, images, { steps, schedule }) as SimulationResult;
  assertSame(bare, sums, 'events without a record');
  // the last image alone is what it was among the others
  const alone = simulate(snn, images.subarray(-mapSize(snn.input)), { ...usual, engine: 'events' });
  for (let t = 0; t < steps; t++)
    assertSame(
      alone.logits.subarray(t * snn.classes, (t + 1) * snn.classes),
      expected.logits.subarray((t * count + count - 1) * snn.classes, (t + 1) * count * snn.classes),
      `the last image alone, step ${t}`,
    );
  alone.record.forEach(({ spikes }, l) => {
    assertSame(spikes, expected.record[l]!.spikes?.slice(-(spikes?.length ?? 0)), 'the last image alone');
  });
}

function assertLaws(
  { network, images, count, steps, schedule, extreme }: ExtremeCase,
  snn: SpikingNetwork,
): void {
  // settled counts of numbers that no grid holds may be next to a tie
  if (schedule === 'settling' && (extreme || !snn.neuron.settling)) return;
  const { architecture } = network;
  const result = simulate(snn, images, { steps, schedule, record });
  const tally = new NetworkTally(snn, { images: count, steps, schedule, radius: 0, architecture });
  tally.add(result, images, new Uint8Array(count));
  for (const { holds, ...law } of tally.checks.laws) assert.ok(holds, JSON.stringify(law));
}

function assertExact({ images, count, steps, schedule }: ExtremeCase, exact: SpikingNetwork): void {
  const usual = { steps, schedule, record };
  const expected = factsOf(exact, images, { ...usual, engine: 'reference' });
  const products = factsOf(exact, images, { ...usual, engine: 'products' });
  assertSame(withoutSignedZeros(products), withoutSignedZeros(expected), 'products');
  // without the currents of each step, layers that wait for all of them multiply counts
  const [plain, counted] = (['reference', 'products'] as const).map((engine) =>
    withoutSignedZeros(factsOf(exact, images, { ...usual, record: { ...record, currents: false }, engine })),
  );
  assertSame(counted, plain, 'products of counts');
  if ('refused' in expected || schedule !== 'settling') return;
  const pixels = mapSize(exact.input);
  const wiring = wiringOf(exact);
  for (let i = 0; i < count; i++) {
    const image = images.subarray(i * pixels, (i + 1) * pixels);
    const { counts, logits } = runQuantised(exact, image, steps, wiring, settledCount(exact, steps));
    counts.slice(0, -1).forEach((wanted, l) => {
      const found = expected.record[l]!.counts!;
      assertSame(found.subarray(i * wanted.length, (i + 1) * wanted.length), wanted, `settled, layer ${l}`);
    });
    const last = expected.logits.subarray((steps - 1) * count * exact.classes);
    logits.forEach((logit, c) => {
      assert.equal(last[i * exact.classes + c], Math.fround(logit), `logit ${c}`);
    });
  }
}
