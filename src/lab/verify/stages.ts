/**
 * @file Where accuracy is lost between the trained network and its spikes, stage by stage and layer by layer.
 */

import type { Dataset } from '../../data/dataset.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { Model } from '../../nn/model.ts';
import type { LawResult } from '../../report/result.ts';
import type { Runtime } from '../../runtime.ts';
import { type Evaluation, evaluate } from '../../train/evaluate.ts';
import type { NetworkCheck } from './check-network.ts';

export interface Stage {
  readonly name: string;
  /** Percent. */
  readonly accuracy: number;
  /** Points lost since the stage before. */
  readonly lost: number;
  /** Images whose class is another than in the stage before. */
  readonly changed: number;
}

/** The trained network as it is, and without the grid that it may have been trained on. */
export interface AnnAnswers {
  /** 0: no grid, or one that cannot be left out (QCFS). */
  readonly levels: number;
  readonly trained: Evaluation;
  readonly continuous: Evaluation;
}

export function annAnswers(runtime: Runtime, model: Model, dataset: Dataset): AnnAnswers {
  const removable = activationLayers(model.architecture.layers).filter(
    (layer) => layer.activation !== 'qcfs',
  );
  const levels = Math.max(0, ...removable.map((layer) => layer.levels));
  const trained = evaluate(runtime, model, dataset);
  return {
    levels,
    trained,
    continuous: levels > 0 ? evaluate(runtime, model, dataset, { continuous: true }) : trained,
  };
}

export function stagesOf(
  ann: AnnAnswers,
  check: NetworkCheck,
  labels: ArrayLike<number>,
  steps: number,
): Stage[] {
  const answers: readonly (readonly [string, ArrayLike<number>])[] = [
    [ann.levels > 0 ? `ANN, on its grid of ${ann.levels}` : 'ANN', ann.trained.predictions],
    ...(ann.levels > 0 ? [['ANN, continuous', ann.continuous.predictions] as const] : []),
    ['folded ANN', check.folded],
    [`quantised to T = ${steps}`, check.quantised],
    [`SNN at T = ${steps}`, check.snn],
  ];
  let before: { accuracy: number; classes: ArrayLike<number> } | null = null;
  return answers.map(([name, classes]) => {
    const accuracy = 100 - (100 * differences(classes, labels, labels.length)) / labels.length;
    const stage = {
      name,
      accuracy,
      lost: before ? before.accuracy - accuracy : 0,
      changed: before ? differences(classes, before.classes, labels.length) : 0,
    };
    before = { accuracy, classes };
    return stage;
  });
}

function differences(a: ArrayLike<number>, b: ArrayLike<number>, count: number): number {
  let different = 0;
  for (let i = 0; i < count; i++) if (a[i] !== b[i]) different++;
  return different;
}

/** float32 through a dozen layers keeps some 16 bits of the largest logit; folding must not cost more. */
const FOLDING_TOLERANCE = 2 ** -12;

/**
 * Law L18: the folded network computes the trained one's logits. Also what notices that the two files do not belong
 * together. Null where folding is not exact by design: thresholds that were not trained clip what ReLU does not.
 */
export function foldingLaw(network: TrainedNetwork, ann: AnnAnswers, check: NetworkCheck): LawResult | null {
  const exact = activationLayers(network.architecture.layers).every(({ activation }) =>
    ['strelu', 'trelu', 'tleaky-relu'].includes(activation),
  );
  if (!exact) return null;
  const { logits } = ann.continuous;
  let worst = 0;
  let largest = 1;
  logits.forEach((logit, i) => {
    worst = Math.max(worst, Math.abs(logit - check.foldedLogits[i]!));
    largest = Math.max(largest, Math.abs(logit));
  });
  const bound = largest * FOLDING_TOLERANCE;
  return {
    id: 'L18',
    says: 'folding leaves the logits as they are, up to float32',
    cases: logits.length,
    holds: worst <= bound,
    worst,
    bound,
  };
}

/** The layer behind which the rates follow the activations least well for the first time, or null when none stands out. */
export function lossyLayer(
  check: NetworkCheck,
): { readonly name: string; readonly from: number; readonly to: number } | null {
  let found: { name: string; from: number; to: number } | null = null;
  let from = 1;
  for (const { name, correlation } of check.layers) {
    if (from - correlation > Math.max(1e-6, found ? found.from - found.to : 0))
      found = { name, from, to: correlation };
    from = correlation;
  }
  return found;
}
