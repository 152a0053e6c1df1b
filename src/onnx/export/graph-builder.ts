/**
 * @file Collects the nodes and initialisers of a file while layer after layer is written.
 */
import type { OnnxAttribute, OnnxNode, OnnxTensor } from '../wire/messages.ts';

/** A real attribute; a plain number is a whole one. */
export interface Real {
  readonly real: number;
}
type Attribute = number | Real | readonly number[];

const [FLOAT, INT8, UINT8, INT64] = [1, 3, 2, 7];
const NOTHING = {
  floatData: new Float32Array(0),
  int32Data: [],
  int64Data: [],
  doubleData: new Float64Array(0),
  externalData: [],
} as const;

/** Names are those of the layers; what several layers need is stored once. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly #tensors = new Map<string, OnnxTensor>();
  readonly #values = new Map<string, number>();

  get tensors(): readonly OnnxTensor[] {
    return [...this.#tensors.values()];
  }

  /** @returns the name of the node's output */
  node(
    opType: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const count = (this.#values.get(name) ?? 0) + 1;
    this.#values.set(name, count);
    const output = count === 1 ? name : `${name}.${count}`;
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.nodes.push({ name: `${output}/${opType}`, opType, input: inputs, output: [output], attribute });
    return output;
  }

  /** Floats, copied when they are no array of their own. @returns the tensor's name */
  floats(name: string, dims: readonly number[], values: Float32Array<ArrayBufferLike>): string {
    return this.#tensor({ ...NOTHING, name, dims, dataType: FLOAT!, rawData: bytesOf(values) });
  }

  /** One float. */
  float(value: number): string {
    return this.floats(`float ${Math.fround(value)}`, [], Float32Array.of(value));
  }

  integers(name: string, values: readonly number[]): string {
    const rawData = bytesOf(BigInt64Array.from(values, BigInt));
    return this.#tensor({ ...NOTHING, name, dims: [values.length], dataType: INT64!, rawData });
  }

  /** A zero point of signed or unsigned bytes: their type is the grid's. */
  zero(signed: boolean): string {
    const name = signed ? 'zero int8' : 'zero uint8';
    return this.#tensor({
      ...NOTHING,
      name,
      dims: [],
      dataType: signed ? INT8! : UINT8!,
      rawData: Uint8Array.of(0),
    });
  }

  #tensor(tensor: OnnxTensor & { readonly name: string }): string {
    this.#tensors.set(tensor.name, tensor);
    return tensor.name;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBufferLike> =>
  new Uint8Array(buffer, byteOffset, byteLength);

function attributeOf(name: string, value: Attribute): OnnxAttribute {
  const rest = { name, floats: new Float32Array(0), ints: [] };
  if (typeof value === 'number') return { ...rest, i: value, type: 2 };
  if ('real' in value) return { ...rest, f: value.real, type: 1 };
  return { ...rest, ints: value, type: 7 };
}
