/**
 * @file Small random networks on which the anatomy is exact: dyadic, all thresholds and T powers of two, so that a rate, an
 * activation in theta and their difference are numbers that float64 holds.
 */
import fc from 'fast-check';
import type { ActivationName } from '../../../src/nn/architecture.ts';
import { constantInput } from '../../../src/proof/anatomy/constant-input.ts';
import { type SplitErrors, splitErrors } from '../../../src/proof/anatomy/split-errors.ts';
import type { Counterpart } from '../../../src/proof/networks/counterparts.ts';
import { runFolded } from '../../../src/proof/networks/run-folded.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import type { Schedule, SimulationResult } from '../../../src/snn/simulation.ts';
import { wiringOf } from '../../../src/snn/wiring.ts';
import { type NetworkCase, networkCases } from '../../support/network-cases.ts';

export const RECORD = { spikes: true, membrane: true, currents: true, counts: true };

const powerOfTwo = (x: number): number => 2 ** Math.round(Math.log2(x));

export function dyadicCases(...neurons: string[]): fc.Arbitrary<NetworkCase> {
  return fc
    .tuple(networkCases({ neurons }), fc.constantFrom(1, 2, 4, 8))
    .map(([{ network, image }, steps]) => ({
      network: {
        ...network,
        layers: network.layers.map((layer) => ({ ...layer, theta: layer.theta.map(powerOfTwo) })),
      },
      image,
      steps,
    }));
}

/** What a layer's rate may stand for; `levels` of QCFS only. */
export function counterpart(name: ActivationName, levels = 0): Counterpart {
  const lower = name === 'strelu' || name === 'tleaky-relu' ? -1 : 0;
  const clip = { lower, leak: name === 'tleaky-relu' ? 0.25 : 1, levels, rounding: 'round' } as const;
  return { clip, bounded: name !== 'relu', raised: 0 };
}

export interface SplitRun {
  readonly result: SimulationResult;
  /** Per spiking layer. */
  readonly splits: readonly SplitErrors[];
  readonly activations: readonly Float64Array[];
}

/** One image's split from the recorded currents, where the tally multiplies counts by weights. */
export function splitRun(
  { network, image, steps }: NetworkCase,
  counterparts?: readonly Counterpart[],
  schedule: Schedule = 'streaming',
): SplitRun {
  const result = simulate(network, image, { steps, record: RECORD, engine: 'reference', schedule });
  const wiring = wiringOf(network);
  const { activations, currents } = runFolded(network, image, wiring, counterparts);
  const splits = network.layers.slice(0, -1).map((layer, l) => {
    const { counts, currents: received } = result.record[l]!;
    const totals = new Float64Array(counts!.length);
    received!.forEach((current, at) => {
      totals[at % totals.length]! += current;
    });
    return splitErrors(constantInput(network, layer, wiring[l]!.theta, steps, schedule), {
      activations: activations[l]!,
      trainedTotals: currents[l]!.map((z) => z * steps),
      counts: counts!,
      totals,
      steps,
    });
  });
  return { result, splits, activations };
}
