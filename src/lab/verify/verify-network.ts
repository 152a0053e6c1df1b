/**
 * @file A spiking network held against the trained network that it was made of: the laws on every neuron, and where accuracy is
 * lost.
 */
import { checkInput } from '../../data/check-input.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { SimulationReport } from '../../report/simulation-report.ts';
import type { VerificationReport } from '../../report/verification-report.ts';
import type { Runtime } from '../../runtime.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { requestOf } from '../../snn/request.ts';
import { simulationReport } from '../simulate/simulation-report.ts';
import { type CheckRequest, checkNetwork } from './check-network.ts';
import { foldingLaw } from './folding-law.ts';
import { lossyLayer } from './layer-losses.ts';
import { annAnswers, stagesOf } from './stages.ts';

export interface VerifyRequest extends Omit<CheckRequest, 'architecture' | 'runtime'> {
  readonly runtime: Runtime;
}

export interface Verification {
  /** Percent, of the trained network and of the quantised one. */
  readonly ann: { readonly accuracy: number };
  readonly quantised: { readonly accuracy: number };
  /** The run that was checked, its classes compared with the quantised network's. */
  readonly simulation: SimulationReport;
  readonly verification: VerificationReport;
}

/**
 * Every current and potential of the run is recorded, some images at a time. Nothing stays on the heap.
 * @throws InputError when one of the networks was made for other images; UsageError when the neurons cannot settle
 * @example
 * const { verification } = await verifyNetwork(network, snn, dataset, { runtime, steps: 8 });
 * verification.laws.every(({ holds }) => holds); // true
 */
export async function verifyNetwork(
  trained: TrainedNetwork,
  network: SpikingNetwork,
  dataset: Dataset,
  request: VerifyRequest,
): Promise<Verification> {
  const { architecture } = trained;
  checkInput(architecture, dataset);
  const { steps } = requestOf(network, request);
  const ann = await annAnswers(request.runtime, trained, dataset);
  const check = await checkNetwork(network, dataset, { ...request, architecture });
  const stages = stagesOf(ann, check, dataset.labels, steps);
  // On a grid the weights are others on purpose; what that costs is in the stages.
  const folding = network.grid ? null : foldingLaw(trained, ann.continuous.logits, check.foldedLogits);
  const { layers, covered, certified, ball } = check;
  const reference = { name: 'quantised ANN', predictions: check.quantised };
  return {
    ann: { accuracy: ann.trained.accuracy },
    quantised: { accuracy: stages.at(-2)!.accuracy },
    simulation: simulationReport(network, check.simulated, dataset.labels, reference),
    verification: {
      laws: folding ? [...check.laws, folding] : check.laws,
      stages,
      layers,
      lossyLayer: lossyLayer(layers),
      countLawCovers: covered,
      certified,
      ...(ball && { ball }),
      images: dataset.count,
    },
  };
}
