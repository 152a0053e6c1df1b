/** @file How a data set is opened. */
import type { MapShape } from '../nn/architecture.ts';
import type { LearnedData } from '../nn/learned-data.ts';

/** Every data set has images to train with and others to test with. */
export type Split = 'train' | 'test';

/** What is known of a data set before it is opened: from the network that it is for, or from its training images. */
export interface KnownData extends LearnedData {
  readonly classes?: number;
  /** [height, width, channels] */
  readonly shape?: MapShape;
}

/** Where to look for a data set, how much of it to take, and what to make of images of one's own. */
export interface OpenOptions {
  /** The directory that is looked in first; then that of the environment variable STRELU_DATASETS, then datasets/. */
  readonly directory?: string | undefined;
  /** The seed that digits are drawn from, and that draws a split; other data sets have none. Default: 1. */
  readonly seed?: number | undefined;
  /** Only this many images, the first of the set; of `strokes`, this many are drawn. Default: all, or STROKES_COUNT. */
  readonly limit?: number | undefined;
  /** Called with one line that says what was opened, and what was passed over. */
  readonly log?: ((line: string) => void) | undefined;
  /** Own images only: this share of every class trains, the rest tests; drawn by `seed`. Default: as they are divided. */
  readonly split?: number | undefined;
  /** Own images only: [height, width] that all are brought to. Default: as they are, and all alike. */
  readonly size?: readonly [height: number, width: number] | undefined;
  /** Own images only: grey (1) or colour (3). Default: colour where any training image has it. */
  readonly channels?: 1 | 3 | undefined;
  /** Own images only: names of the arrays (npz) or files (idx): training images and labels, then test images and labels. */
  readonly names?: readonly string[] | undefined;
  /** Of value / 255 per channel, instead of what the training images have. */
  readonly mean?: readonly number[] | undefined;
  readonly deviation?: readonly number[] | undefined;
  /** What a network learned, or the training images said: statistics and classes are then not looked for again. */
  readonly learned?: KnownData | undefined;
  /** Threads that decode pictures beside the calling one. Default: by the cores of the machine. */
  readonly decoders?: number | undefined;
}
