/**
 * @file Where every transform starts: the network off its grid. A grid comes last, for a transform makes new numbers, which
 * need not lie on the grid that the old ones lay on.
 */
import { InputError } from '../../errors.ts';
import type { SpikingNetwork } from '../../snn/network.ts';

/**
 * The same network without its dyadic grid: the numbers stay, the promise that their sums never round is gone.
 * @throws InputError on the int8 grid, where numbers are in units of their layer and mean nothing without it
 */
export function offGrid(network: SpikingNetwork): SpikingNetwork {
  const { grid, ...numbers } = network;
  if (grid?.kind !== 'int8') return numbers;
  throw new InputError(
    `${network.name}: expected a network that may still be transformed, found one that is on the int8 grid already; transform the original`,
  );
}
