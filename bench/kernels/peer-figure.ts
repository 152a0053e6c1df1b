import { ratios, type Times, typical } from '../interleave.ts';
import { median } from '../timing.ts';
import type { PeerFigure } from './figures.ts';

/** How `own` did against the peer that ran as `side`. */
export function peerFigure(
  times: Times,
  own: string,
  side: string,
  name: string,
  threads: number,
): PeerFigure {
  const all = ratios(times, own, side);
  return {
    name,
    threads,
    seconds: typical(times, side),
    ratio: median(all),
    lowest: Math.min(...all),
    highest: Math.max(...all),
  };
}
