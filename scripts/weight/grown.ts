/** @file What has grown by more than its share. */

/** A figure now, and as it was stated; `before` absent: it is new. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly before: number | undefined;
}

/**
 * The names of those that grew.
 * @param share how many times as much as stated is too much
 * @param least what is too little to speak of, in the unit of the figures
 */
export function grown(figures: readonly Figure[], share: number, least: number): string[] {
  return figures.filter(({ value, before }) => value > (before ?? 0) * share + least).map(({ name }) => name);
}
