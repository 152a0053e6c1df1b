/**
 * @file Where accuracy is lost between the trained network and its spikes, stage by stage.
 */
import type { Dataset } from '../../data/dataset.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { Stage } from '../../report/verification-report.ts';
import type { Runtime } from '../../runtime.ts';
import type { Evaluation } from '../../train/evaluate.ts';
import { differingClasses } from '../differing-classes.ts';
import { evaluateNetwork } from '../evaluate-network.ts';
import type { NetworkCheck } from './check-network.ts';

/** The trained network as it is, and without the grid that it may have been trained on. */
export interface AnnAnswers {
  /** 0: no grid, or one that cannot be left out (QCFS). */
  readonly levels: number;
  readonly trained: Evaluation;
  readonly continuous: Evaluation;
}

export async function annAnswers(
  runtime: Runtime,
  network: TrainedNetwork,
  dataset: Dataset,
): Promise<AnnAnswers> {
  const layers = activationLayers(network.architecture.layers);
  const removable = layers.filter(({ activation }) => activation !== 'qcfs');
  const levels = Math.max(0, ...removable.map((layer) => layer.levels));
  const trained = await evaluateNetwork(runtime, network, dataset);
  return {
    levels,
    trained,
    continuous: levels > 0 ? await evaluateNetwork(runtime, network, dataset, { continuous: true }) : trained,
  };
}

/** @param labels class of each image */
export function stagesOf(
  ann: AnnAnswers,
  check: NetworkCheck,
  labels: ArrayLike<number>,
  steps: number,
): Stage[] {
  const images = check.snn.length;
  const answers: readonly (readonly [string, ArrayLike<number>])[] = [
    [ann.levels > 0 ? `ANN, on its grid of ${ann.levels}` : 'ANN', ann.trained.predictions],
    ...(ann.levels > 0 ? [['ANN, continuous', ann.continuous.predictions] as const] : []),
    ['folded ANN', check.folded],
    [`quantised to T = ${steps}`, check.quantised],
    [`SNN at T = ${steps}`, check.snn],
  ];
  const accuracies = answers.map(([, classes]) => 100 - (100 * differingClasses(classes, labels)) / images);
  return answers.map(([name, classes], i) => ({
    name,
    accuracy: accuracies[i]!,
    lost: i === 0 ? 0 : accuracies[i - 1]! - accuracies[i]!,
    changed: i === 0 ? 0 : differingClasses(classes, answers[i - 1]![1]),
  }));
}
