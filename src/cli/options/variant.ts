/**
 * @file How `simulate` may depart from the network and the T steps that it is given: int8 weights, early stop.
 */

import { UsageError } from '../../errors.ts';
import type { StopRule } from '../../snn/early-stop.ts';
import { choice, type Option, realOrNull } from '../../terminal/options.ts';

type WeightsName = 'float32' | 'int8' | 'int8-layer';
type StopName = 'never' | 'certain' | 'margin';

export type VariantOptions = {
  readonly weights: Option<WeightsName>;
  readonly stop: Option<StopName>;
  readonly margin: Option<number | null>;
};

export const VARIANT_OPTIONS: VariantOptions = {
  weights: choice(
    ['float32', 'int8', 'int8-layer'],
    'float32',
    'int8: whole-number weights after the layer that reads the image, one scale per channel (int8-layer: per layer); float32 is run beside it to show what that costs',
  ),
  stop: choice(
    ['never', 'certain', 'margin'],
    'never',
    'end an image before T: certain, when no remaining spike could change its class; margin, when it leads by --margin (a heuristic: may be wrong). the full run is done too, to compare',
  ),
  margin: realOrNull('for --stop margin: the lead, in logits, that is enough'),
};

/** @throws UsageError for a margin without its rule, or the rule without its margin */
export function stopRule(options: {
  readonly stop: StopName;
  readonly margin: number | null;
}): StopRule | null {
  const { stop, margin } = options;
  if (margin !== null && stop !== 'margin')
    throw new UsageError('--margin would change nothing here: it needs --stop margin');
  if (stop === 'never') return null;
  if (stop === 'certain') return { rule: 'certain' };
  if (margin === null)
    throw new UsageError('--stop margin needs --margin X, the lead in logits that is enough');
  return { rule: 'margin', margin };
}
