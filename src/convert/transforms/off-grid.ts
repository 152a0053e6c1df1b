/**
 * @file Every transform starts from the network without its grid: it makes new numbers, which need not be on the grid of the old
 * ones. So a grid is put on last.
 */
import { InputError } from '../../errors.ts';
import type { SpikingNetwork } from '../../snn/network.ts';

/**
 * The same network without its dyadic grid: the numbers stay, but nothing promises that their sums never round.
 * @throws InputError on the int8 grid, where numbers are in units of their layer and mean nothing without it
 */
export function offGrid(network: SpikingNetwork): SpikingNetwork {
  const { grid, ...numbers } = network;
  if (grid?.kind !== 'int8') return numbers;
  throw new InputError(
    `${network.name}: expected a network that may still be transformed, found one that is on the int8 grid already; transform the original`,
  );
}
