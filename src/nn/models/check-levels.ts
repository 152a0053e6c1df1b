import { UsageError } from '../../errors.ts';
import type { Architecture } from '../architecture.ts';
import { allLayers } from '../inner-layers.ts';
import type { ModelOptions } from './build.ts';

/** How many activations an architecture has. */
export const activationsOf = ({ layers }: Pick<Architecture, 'layers'>): number =>
  allLayers(layers).filter(({ kind }) => kind === 'activation').length;

/** @throws UsageError for more levels than activations that could have them */
export function checkLevels(architecture: Architecture, { layerLevels = [] }: ModelOptions): Architecture {
  const most = activationsOf(architecture);
  if (layerLevels.length <= most) return architecture;
  throw new UsageError(
    `layerLevels: expected at most ${most}, one for each activation of ${architecture.name}, found ${layerLevels.length} (${layerLevels.join()}); leave out the rest`,
  );
}
