/** @file What the readers of one's own data have in common: images and labels by part, before anything is asked of them. */
import type { Labels } from '../../kernels/kernels.ts';
import type { MapShape } from '../../nn/architecture.ts';
import type { OpenOptions, Split } from '../open-options.ts';

/** The images of one part, as they were read. */
export interface OwnImages {
  readonly images: Uint8Array<ArrayBufferLike>;
  readonly labels: Labels;
  readonly count: number;
  readonly shape: MapShape;
  /** Files to blame. */
  readonly place: string;
}

/** A data set of one's own, opened but not read. */
export interface OwnSet {
  /** How many classes the training labels have. */
  classes(): Promise<number>;
  /** Empty where classes have no names. */
  readonly classNames: readonly string[];
  /** The first `limit` images of a part. */
  read(part: Split, limit: number | undefined): Promise<OwnImages>;
}

/** What of the options the readers look at. */
export type OwnOptions = Pick<
  OpenOptions,
  'seed' | 'split' | 'size' | 'channels' | 'names' | 'learned' | 'decoders' | 'log'
>;
