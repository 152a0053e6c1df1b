import type { Pace } from '../interleave.ts';
import type { Peers } from '../peers/find.ts';

/** What every group of the kernel suite is given. */
export interface Context {
  readonly peers: Peers;
  readonly pace: Pace;
  readonly threads: readonly number[];
  /** Tiny cases. */
  readonly quick: boolean;
  /** Whether a case was asked for. */
  wants(name: string): boolean;
  /** Said as a case begins. */
  log(line: string): void;
}
