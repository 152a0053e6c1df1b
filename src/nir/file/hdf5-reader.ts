/**
 * @file Looks into an HDF5 file that may hold anything: every look checks what is there before it is read, and names the place of
 * what is not as it should be.
 */
import { InputError } from '../../errors.ts';
import { type NirArray, sizeOf } from '../graph.ts';
import type { H5wasm } from './load-h5wasm.ts';

type Group = InstanceType<H5wasm['Group']>;
type Dataset = InstanceType<H5wasm['Dataset']>;

/** What packs best makes one byte of about a thousand; more numbers than that are not in a file. */
const BYTES_OF_ONE = 1100;
const MOST_DIMENSIONS = 8;

/** The fields of one group of a file. */
export class Hdf5Reader {
  readonly #group: Group;
  readonly #h5: H5wasm;
  readonly #bytes: number;
  /** The file and the place in it, for errors. */
  readonly place: string;

  /** @param bytes of the whole file */
  constructor(h5: H5wasm, group: Group, bytes: number, place: string) {
    this.#h5 = h5;
    this.#group = group;
    this.#bytes = bytes;
    this.place = place;
  }

  keys(): string[] {
    return this.#group.keys();
  }

  has(name: string): boolean {
    return this.keys().includes(name);
  }

  /** @throws InputError naming the field of the file, what was expected and what was found */
  refuse(name: string, expected: string, found: string): never {
    throw new InputError(
      `${this.place}: ${name} should be ${expected}, found ${found}; write the file again`,
    );
  }

  group(name: string, place: string): Hdf5Reader {
    const found = this.has(name) ? this.#group.get(name) : null;
    if (!(found instanceof this.#h5.Group)) return this.refuse(name, 'a group', found ? 'none' : 'nothing');
    return new Hdf5Reader(this.#h5, found, this.#bytes, place);
  }

  text(name: string): string {
    const [text = '', ...more] = this.#texts(name);
    return more.length === 0 ? text : this.refuse(name, 'one text', `${more.length + 1}`);
  }

  /** Pairs of texts, [N, 2]. */
  pairs(name: string): [string, string][] {
    const { shape } = this.#dataset(name);
    if (shape?.[0] === 0) return [];
    if (shape?.length !== 2 || shape[1] !== 2)
      return this.refuse(name, 'N pairs of texts', `a shape of ${shape?.join('x') ?? 'none'}`);
    const texts = this.#texts(name);
    return Array.from({ length: shape[0]! }, (_, i) => [texts[2 * i]!, texts[2 * i + 1]!]);
  }

  isText(name: string): boolean {
    return this.#dataset(name).metadata.type === 3;
  }

  /** Finite numbers, rounded to float32. */
  floats(name: string): NirArray {
    const numbers = this.#numbers(name);
    const data = Float32Array.from(numbers.values);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) this.refuse(name, 'finite numbers', `${data[bad]} at ${bad}`);
    return { shape: numbers.shape, data };
  }

  /** Whole numbers from -2^31 to 2^31. */
  whole(name: string): number[] {
    const { values } = this.#numbers(name);
    const bad = values.find((value) => !Number.isInteger(value) || Math.abs(value) > 2 ** 31);
    return bad === undefined ? values : this.refuse(name, 'whole numbers', `${bad}`);
  }

  #dataset(name: string): Dataset {
    const found = this.has(name) ? this.#group.get(name) : null;
    if (!(found instanceof this.#h5.Dataset))
      return this.refuse(name, 'a data set', found ? 'none' : 'nothing');
    const { shape, metadata } = found;
    const size = sizeOf(shape ?? []);
    const claimed = size * metadata.size;
    if ((shape?.length ?? 0) > MOST_DIMENSIONS || !(claimed <= this.#bytes * BYTES_OF_ONE))
      this.refuse(
        name,
        `at most ${MOST_DIMENSIONS} dimensions and no more than the file can hold`,
        `${shape?.join('x')}`,
      );
    return found;
  }

  #texts(name: string): string[] {
    const value = this.#dataset(name).value;
    const texts = (Array.isArray(value) ? value : [value]).flat(MOST_DIMENSIONS);
    if (texts.every((text) => typeof text === 'string')) return texts;
    return this.refuse(name, 'text', typeof texts[0]);
  }

  #numbers(name: string): { readonly shape: readonly number[]; readonly values: number[] } {
    const dataset = this.#dataset(name);
    const value = dataset.value;
    const list: readonly unknown[] = ArrayBuffer.isView(value)
      ? Array.from(value as unknown as ArrayLike<number | bigint>)
      : [value];
    const values = list.map((one) =>
      typeof one === 'bigint' || typeof one === 'number' ? Number(one) : null,
    );
    const shape = dataset.shape ?? [];
    if (values.includes(null) || values.length !== sizeOf(shape))
      this.refuse(name, 'numbers', value === null ? 'nothing' : typeof list[0]);
    return { shape, values: values as number[] };
  }
}
