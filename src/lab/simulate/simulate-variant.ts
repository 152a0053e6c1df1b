/**
 * @file A simulation that departs from its network or from its T steps, beside the run that it stands for: int8 weights beside
 * float32, an early stop beside the full run.
 */
import { quantisedToInt8 } from '../../convert/transforms/index.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { StopComparison, WeightsComparison } from '../../report/result.ts';
import type { SimulationReport } from '../../report/simulation-report.ts';
import { neverRounds } from '../../snn/grid.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { countedSteps, type StepsRequest } from './simulate-steps.ts';
import type { PartCounts } from './simulation-report.ts';
import { compareStop, compareWeights } from './variant-cost.ts';

export interface VariantRequest extends Omit<StepsRequest, 'label'> {
  /** int8: one scale for each channel; int8-layer: one for each layer. Default: float32, the weights as they are. */
  readonly weights?: 'float32' | 'int8' | 'int8-layer';
}

type How = Pick<StepsRequest, 'stop' | 'tune'>;

export interface SimulatedVariant {
  readonly report: SimulationReport;
  /** Only with int8 weights. */
  readonly weights?: WeightsComparison;
  /** Only with a rule to stop early. */
  readonly stop?: StopComparison;
}

/** @throws InputError, UsageError as `simulateSteps` */
export async function simulateVariant(
  network: SpikingNetwork,
  dataset: Dataset,
  request: VariantRequest,
): Promise<SimulatedVariant> {
  const { counts: _, network: __, ...simulated } = await countedVariant(network, dataset, request);
  return simulated;
}

/** The same with what its parts would add up to, and the network that was run. */
export async function countedVariant(
  network: SpikingNetwork,
  dataset: Dataset,
  { weights = 'float32', stop, tune, ...request }: VariantRequest,
): Promise<SimulatedVariant & { readonly counts: PartCounts; readonly network: SpikingNetwork }> {
  const tuned = tune ? { tune } : {};
  const run = (snn: SpikingNetwork, label: string, how: How): ReturnType<typeof countedSteps> =>
    countedSteps(snn, dataset, { ...request, ...how, label });
  const per = weights === 'int8' ? 'channel' : 'layer';
  const own = weights === 'float32' ? network : quantisedToInt8(network, per);
  const shown = await run(own, 'simulating', { ...tuned, ...(stop && { stop }) });
  const full = stop ? await run(own, 'without early stop', tuned) : shown;
  // on no grid a choice would change answers: there float32 has the fixed prices
  const beside = neverRounds(network) ? tuned : {};
  const original = own === network ? null : await run(network, 'float32 weights', beside);
  return {
    report: shown.report,
    counts: shown.counts,
    network: own,
    ...(original && { weights: compareWeights(full, original, `int8 per ${per}`) }),
    ...(stop && { stop: compareStop(shown, full, stop, request.steps.at(-1)!) }),
  };
}
