/**
 * @file What a network learned of its data, in the metadata of its file: an entry `learned`, absent in files of earlier versions
 * and in networks that were made without it.
 */
import { InputError } from '../errors.ts';
import type { MapShape } from '../nn/architecture.ts';
import type { LearnedData } from '../nn/learned-data.ts';
import { type Fields, readFields } from './fields.ts';
import { metadataJson } from './network-tensors.ts';
import { writeJson } from './parse-json.ts';
import type { TensorFile } from './safetensors.ts';

/** How many channels a network's images have, and how many classes it knows. */
interface LearningNetwork {
  readonly input: MapShape;
  readonly classes: number;
}

/** The entry for a file's metadata; empty where there is nothing to say. */
export function learnedMetadata(learned: LearnedData | undefined): { readonly learned?: string } {
  if (!learned) return {};
  const { mean, deviation, classNames } = learned;
  return { learned: writeJson({ mean, deviation, ...(classNames && { classNames }) }) };
}

/**
 * What the metadata of a file says; null where it says nothing.
 * @throws InputError naming the field that is wrong
 */
export function readLearned(
  file: TensorFile,
  network: LearningNetwork,
  source: string,
): { readonly learned?: LearnedData } {
  if (file.metadata.learned === undefined) return {};
  return readFields(metadataJson(file, 'learned', source), `${source}: learned`, (fields) => ({
    learned: learnedIn(fields, network),
  }));
}

function learnedIn(fields: Fields, network: LearningNetwork): LearnedData {
  const [, , channels] = network.input;
  const mean = numbers(fields, 'mean', channels, Number.NEGATIVE_INFINITY);
  const deviation = numbers(fields, 'deviation', channels, Number.MIN_VALUE);
  const classNames = fields.has('classNames') ? fields.texts('classNames') : null;
  if (classNames && classNames.length !== network.classes)
    throw new InputError(
      `${fields.place}: classNames should be ${network.classes} names, found ${classNames.length}`,
    );
  return { mean, deviation, ...(classNames && { classNames }) };
}

/** As many finite numbers as there are channels, none below `low`. */
function numbers(fields: Fields, field: string, channels: number, low: number): number[] {
  const found = fields.numbers(field);
  const wrong = found.find((value) => !Number.isFinite(value) || value < low);
  if (found.length === channels && wrong === undefined) return found;
  throw new InputError(
    `${fields.place}: ${field} should be ${channels} numbers${low > 0 ? ' above 0' : ''}, found ${JSON.stringify(found)}`,
  );
}
