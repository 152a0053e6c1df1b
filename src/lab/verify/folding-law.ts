/**
 * @file Law L18 on one network: folding batch norms and pooling leaves the logits as they are.
 */
import { activationLayers } from '../../nn/activation-layers.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { LawResult } from '../../report/verification-report.ts';

/** float32 through a dozen layers keeps some 16 bits of the largest logit; folding must not cost more. */
const FOLDING_TOLERANCE = 2 ** -12;

/**
 * It also notices two files that do not belong together. Null where folding is not exact by design: thresholds that were not
 * trained clip what ReLU does not.
 * @param logits [images, classes] of the trained network, on no grid
 * @param folded the same of the folded network
 */
export function foldingLaw(
  network: TrainedNetwork,
  logits: ArrayLike<number>,
  folded: ArrayLike<number>,
): LawResult | null {
  const exact = activationLayers(network.architecture.layers).every(({ activation }) =>
    ['strelu', 'trelu', 'tleaky-relu'].includes(activation),
  );
  if (!exact) return null;
  let worst = 0;
  let largest = 1;
  for (let i = 0; i < logits.length; i++) {
    worst = Math.max(worst, Math.abs(logits[i]! - folded[i]!));
    largest = Math.max(largest, Math.abs(logits[i]!));
  }
  const bound = largest * FOLDING_TOLERANCE;
  return {
    id: 'L18',
    says: 'folding leaves the logits as they are, up to float32',
    cases: logits.length,
    holds: worst <= bound && Number.isFinite(bound),
    worst,
    bound,
  };
}
