/**
 * @file What all files of this project have in common: a named format with a version, provenance, and checked float tensors.
 */
import { InputError } from '../errors.ts';
import { brief } from './fields.ts';
import { CHECKPOINT_FORMAT, MODEL_FORMAT, SNN_FORMAT } from './format-names.ts';
import { parseJson } from './parse-json.ts';
import type { StoredTensor, TensorFile } from './safetensors.ts';

/** How a network came about: seed, version, recipe, accuracy and the like. */
export type Provenance = Readonly<Record<string, string | number | boolean>>;

/** The version of models and checkpoints. */
export const FORMAT_VERSION = '1';

/** What a file of a format is. */
function wordsFor(format: string | undefined): string {
  if (format === MODEL_FORMAT) return 'a trained network';
  if (format === SNN_FORMAT) return 'a spiking network';
  if (format === CHECKPOINT_FORMAT) return 'a checkpoint';
  return format === undefined
    ? 'weights without a network (no format in the metadata)'
    : `the format ${brief(format)}`;
}

/** What to do where a file of one format stands in place of another. */
function remedyFor(expected: string, found: string | undefined): string {
  if (found === CHECKPOINT_FORMAT)
    return 'its training is not finished: go on with it, and name the network that it ends with';
  if (expected === SNN_FORMAT && found === MODEL_FORMAT) return 'convert it first';
  if (expected === MODEL_FORMAT && found === SNN_FORMAT) return 'name the model that it was converted from';
  return 'weights of another program are imported first, with a description of their layers';
}

/**
 * @param versions that can be read
 * @returns the version of the file
 * @throws InputError when the file is of another format or version
 */
export function checkFormat<Version extends string>(
  file: TensorFile,
  format: string,
  versions: readonly Version[],
  source: string,
): Version {
  const { format: found, format_version: version } = file.metadata;
  if (found !== format) {
    throw new InputError(
      `${source}: expected ${wordsFor(format)}, found ${wordsFor(found)}; ${remedyFor(format, found)}`,
    );
  }
  const known = versions.find((each) => each === version);
  if (known !== undefined) return known;
  throw new InputError(
    `${source}: format version ${version ?? 'missing'} is not ${versions.join(' or ')}; use the version of strelu that wrote it`,
  );
}

/**
 * The value of a JSON text in the metadata.
 * @throws InputError when the entry is missing or not JSON
 */
export function metadataJson(file: TensorFile, key: string, source: string): unknown {
  const text = file.metadata[key];
  if (text === undefined) throw new InputError(`${source}: metadata has no ${key}`);
  return parseJson(text, (fact) => {
    throw new InputError(`${source}: metadata ${key} ${fact}`);
  });
}

/** @throws InputError when the metadata have a key that is not among `known` */
export function checkMetadataKeys(file: TensorFile, known: readonly string[], source: string): void {
  const unknown = Object.keys(file.metadata).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new InputError(`${source}: unknown metadata ${brief(unknown)}; expected ${known.join(', ')}`);
}

/**
 * The provenance in the metadata.
 * @throws InputError when it is no flat object of texts, numbers and booleans
 */
export function readProvenance(file: TensorFile, source: string): Provenance {
  const found = metadataJson(file, 'provenance', source);
  const flat =
    typeof found === 'object' &&
    found !== null &&
    !Array.isArray(found) &&
    Object.values(found).every((value) => ['string', 'number', 'boolean'].includes(typeof value));
  if (!flat) throw new InputError(`${source}: metadata provenance is not a flat JSON object`);
  return Object.fromEntries(
    Object.entries(found as Provenance).map(([key, value]) => [key, value === 0 ? 0 : value]), // 0, not -0
  );
}

/** Takes float tensors out of a file one by one and checks each; in the end none may be left. */
export class TensorReader {
  readonly #left: Map<string, StoredTensor>;
  readonly #source: string;

  constructor(file: TensorFile, source: string) {
    this.#left = new Map(file.tensors);
    this.#source = source;
  }

  has(name: string): boolean {
    return this.#left.has(name);
  }

  /**
   * The values of a tensor.
   * @throws InputError when it is missing, of another shape or kind, or holds NaN or an infinity
   */
  take(name: string, shape: readonly number[]): Float32Array<ArrayBufferLike> {
    const tensor = this.#left.get(name);
    const expected = `[${shape.join(', ')}]`;
    if (!tensor) throw new InputError(`${this.#source}: tensor ${name} ${expected} is missing`);
    this.#left.delete(name);
    if (tensor.shape.join() !== shape.join()) {
      throw new InputError(
        `${this.#source}: tensor ${name} should have shape ${expected}, found [${tensor.shape.join(', ')}]`,
      );
    }
    if (!(tensor.data instanceof Float32Array)) {
      throw new InputError(`${this.#source}: tensor ${name} should be F32 or F16, found ${tensor.dtype}`);
    }
    const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new InputError(
        `${this.#source}: tensor ${name} holds ${tensor.data[bad]} at ${bad}; train again`,
      );
    return tensor.data;
  }

  /** As `take`, for numbers that must be above 0; with `zero`, 0 is allowed too. */
  takePositive(name: string, shape: readonly number[], zero = false): Float32Array<ArrayBufferLike> {
    const data = this.take(name, shape);
    const bad = data.findIndex((value) => (zero ? value < 0 : value <= 0));
    if (bad >= 0) {
      throw new InputError(
        `${this.#source}: tensor ${name} should be ${zero ? '>= 0' : '> 0'}, found ${data[bad]} at ${bad}`,
      );
    }
    return data;
  }

  /**
   * To be called in the end.
   * @throws InputError when the file holds a tensor that was not taken
   */
  finish(): void {
    const [extra] = this.#left.keys();
    if (extra !== undefined) throw new InputError(`${this.#source}: tensor ${extra} belongs to no layer`);
  }
}
