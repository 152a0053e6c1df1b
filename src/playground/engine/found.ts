/** @file What a law found in one layer of a run. */

export interface Found {
  readonly layer: string;
  readonly cases: number;
  readonly broken: number;
  readonly worst: number;
  readonly bound: number;
}
