/**
 * @file What to do about an error at the command line. The library's messages speak of its functions and their options; this
 * table says the same in the options of the commands, and nothing below `cli` needs to know them.
 */
import { type ErrorCode, UserError } from '../errors.ts';
import { shellFile } from '../platform/shell-words.ts';

/** By code; `subject` is what the message begins with: the name of a data set, a layer, a file. */
const REMEDIES: Readonly<Record<ErrorCode, (subject: string) => string>> = {
  'batch-too-small': () => 'a --batch-size of at least 2',
  'batch-too-large': () => 'a smaller --batch-size, or more images by a higher --limit',
  'dataset-missing': (name) =>
    `run "strelu datasets --only ${name}", or name the directory by --data or STRELU_DATASETS`,
  'split-missing': () => 'add --split 0.9, or sort the pictures into train/ and test/',
  'sizes-differ': () => 'add --size HxW',
  'size-missing': () => 'add --size HxW',
  'heap-full': () => 'choose a smaller --batch-size or --width',
  'layer-dead': () => 'train with a lower --lr, with --shift 0, or with a --model that has batch norm',
  'layer-overflows': () => 'train with a lower --lr',
  'loss-not-finite': () => 'train with a lower --lr',
  'map-too-small': () => 'choose another --model or a data set of larger images',
  'method-unfit': () => 'convert with another --method, or train with another --activation',
  'result-unreadable': () => 'report takes the files that --json writes',
  'tune-no-choice': () => 'add --engine auto, or leave --tune out',
  'tune-off-grid': () => 'convert with --grid (for simulate --weights int8 will do), or leave --tune out',
  'settling-unfit': () => 'convert with --neuron half or --neuron tracer, or leave --schedule settling out',
  'training-kept': () => 'another --out, or --force to replace it',
  'weights-missing': (path) =>
    `run "strelu train --model ${shellFile(path)}", or "strelu import WEIGHTS --model ${shellFile(path)} --input HxWxC", and name the file that it writes`,
  'threshold-dead': () => 'train again with --theta-decay 0',
};

/** The remedy for an error in the words of the command line, or null where its message says it all. */
export function remedyFor(error: unknown): string | null {
  if (!(error instanceof UserError) || error.code === null) return null;
  const [subject] = error.message.split(':', 1);
  return REMEDIES[error.code](subject!);
}
