/**
 * @file One node with its inputs and attributes, each checked when it is asked for.
 */
import { type Constant, volume } from '../constant.ts';
import type { OnnxAttribute, OnnxNode, OnnxTensor } from '../wire/messages.ts';
import { type NodePlace, refuse } from './place.ts';
import type { Signal, Step } from './step.ts';
import { isChannelsFirst, reordered, sizesOf, vectorOrder } from './view.ts';

/** A value of the file: fixed by it, or dependent on the image. */
export type Value = { readonly constant: Constant } | { readonly signal: Signal };

/** What a node gives: a value for its first output, and what it became where no layer says so. */
export interface Answer {
  readonly value: Value;
  readonly became?: string;
}

export interface Call {
  readonly place: NodePlace;
  readonly opset: number;
  readonly inputs: readonly (Value | null)[];
  /** Reads a tensor that is an attribute. */
  readonly decode: (tensor: OnnxTensor, what: string) => Constant;
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  /** Outputs that some node or the graph takes. */
  readonly usedOutputs: readonly boolean[];
}

export const attributesOf = ({ attribute }: OnnxNode): ReadonlyMap<string, OnnxAttribute> =>
  new Map(attribute.map((one) => [one.name ?? '', one]));

export const int = ({ attributes }: Call, name: string, fallback: number): number =>
  attributes.get(name)?.i ?? fallback;
export const float = ({ attributes }: Call, name: string, fallback: number): number =>
  attributes.get(name)?.f ?? fallback;
export const text = ({ attributes }: Call, name: string, fallback: string): string =>
  attributes.get(name)?.s ?? fallback;
export const ints = ({ attributes }: Call, name: string): readonly number[] | undefined =>
  attributes.has(name) ? attributes.get(name)!.ints : undefined;

export function signalAt(call: Call, i: number): Signal {
  const value = call.inputs[i];
  if (value && 'signal' in value) return value.signal;
  return refuse(
    call.place,
    `expected input ${i + 1} to depend on the image, found ${value ? 'a constant' : 'none'}`,
    'give the image to the first input, and weights to the others',
  );
}

/** Null: the input is left out. */
export function constantAt(call: Call, i: number): Constant | null {
  const value = call.inputs[i];
  if (!value) return null;
  if ('constant' in value) return value.constant;
  return refuse(
    call.place,
    `expected input ${i + 1} to be fixed by the file, found one that depends on the image`,
    'only weights that stay the same can be converted: export in evaluation mode',
  );
}

export function neededConstant(call: Call, i: number, what: string): Constant {
  return (
    constantAt(call, i) ??
    refuse(call.place, `expected ${what} as input ${i + 1}, found none`, 'export the network again')
  );
}

/** One number. */
export function scalarOf(call: Call, { dims, data }: Constant, what: string): number {
  if (data.length === 1) return data[0]!;
  return refuse(
    call.place,
    `expected one number for the ${what}, found ${dims.join('x')}`,
    'use one for the whole layer',
  );
}

/** The input as a map whose axes the file calls channels, rows and columns. */
export function mapAt(call: Call, i: number): Signal {
  const signal = signalAt(call, i);
  if (isChannelsFirst(signal.view) && !isFlat(signal)) return signal;
  return refuse(
    call.place,
    `expected a map of [batch, channels, rows, columns], found [batch, ${sizesOf(signal.view).join(', ')}]`,
    'use two-dimensional layers on maps, before the flatten',
  );
}

/** A map of several places that a flatten has made one vector. */
export const isFlat = ({ shape, view }: Signal): boolean =>
  shape[0] * shape[1] === 1 && view.flat().some(({ name }) => name !== 'channels');

/**
 * The numbers of a constant that is combined with a map value by value: one, or one per channel (per value of a vector).
 * @throws InputError where it differs between places of a map
 */
export function perChannel(call: Call, constant: Constant, signal: Signal): Float64Array {
  const { data, dims } = constant;
  if (data.length === 1) return Float64Array.of(data[0]!);
  const sizes = sizesOf(signal.view);
  const aligned = [...Array<number>(Math.max(0, sizes.length + 1 - dims.length)).fill(1), ...dims];
  const vector = sizes.length === 1;
  const axis = vector ? 0 : signal.view.findIndex((axes) => axes.some(({ name }) => name === 'channels'));
  const fits =
    aligned.length === sizes.length + 1 &&
    axis >= 0 &&
    (vector || signal.view[axis]!.length === 1) &&
    volume(aligned) === aligned[axis + 1] &&
    aligned[axis + 1] === sizes[axis];
  if (fits)
    return Float64Array.from(reordered(Float64Array.from(data), vector ? vectorOrder(signal.view) : null));
  return refuse(
    call.place,
    `expected one number, or one for each channel of [batch, ${sizes.join(', ')}], found [${dims.join(', ')}]`,
    'only what is the same at every place of a map can be converted',
  );
}

/** The same values as a map of its own step. */
export const after = (signal: Signal, step: Step): Answer => ({ value: { signal: { ...signal, step } } });
