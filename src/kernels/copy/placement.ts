/** Where the elements of a block lie: index [i0, i1, ...] is at offset + sum of i * stride. */
export interface Placement {
  readonly offset: number;
  readonly strides: readonly number[];
}
