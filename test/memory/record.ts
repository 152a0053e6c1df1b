/** @file What `npm run memory` came to. */
import type { Machine } from '../../src/report/result.ts';

/** More than this is growth. */
export const MOST_PERCENT = 2;

export interface MemoryRecord {
  readonly command: string;
  readonly date: string;
  readonly machine: Machine;
  readonly works: {
    readonly [name: string]: {
      readonly count: number;
      /** Bytes, the median of the second quarter. */
      readonly from: number;
      /** Bytes, the median of the last quarter. */
      readonly to: number;
      readonly percent: number;
    };
  };
}
