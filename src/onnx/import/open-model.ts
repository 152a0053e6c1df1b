/**
 * @file What a file must be before its nodes are looked at: a version that is known, one input, one output, fixed sizes.
 */
import { InputError } from '../../errors.ts';
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import type { Constant } from '../constant.ts';
import { constantOf } from '../initialiser.ts';
import type { OnnxGraph, OnnxModel, OnnxValue } from '../wire/messages.ts';
import { channelsFirst, type View, viewOf } from './view.ts';

export const OPSETS = { oldest: 9, newest: 22 } as const;

/** More values than any map here has: beyond it a file claims nonsense. */
export const LARGEST_MAP: number = 2 ** 26;

export interface OpenedModel {
  readonly graph: OnnxGraph;
  readonly opset: number;
  readonly input: string;
  readonly shape: MapShape;
  readonly view: View;
  readonly output: string;
  readonly metadata: ReadonlyMap<string, string>;
}

/** @param images [rows, columns, channels], where the file leaves them open */
export function openModel(model: OnnxModel, images: MapShape | null, source: string): OpenedModel {
  const { graph } = model;
  const fail = (reason: string, remedy: string): never => {
    throw new InputError(`${source}: ${reason}; ${remedy}`);
  };
  if (!graph) return fail('expected an ONNX file, found no graph in it', 'copy or export it again');
  const opset = model.opsetImport.find(({ domain }) => !domain || domain === 'ai.onnx')?.version;
  if (opset === undefined)
    return fail('it names no version of its operators', 'export it again with opset 13');
  if (opset < OPSETS.oldest || opset > OPSETS.newest)
    return fail(
      `opset ${opset}, expected ${OPSETS.oldest} to ${OPSETS.newest}`,
      'export it with opset_version=13',
    );
  if (model.functions.length > 0)
    return fail('it has functions of its own', 'export it with them expanded (dynamo=False)');
  if (graph.sparseInitializer.length > 0)
    return fail('it has sparse initialisers', 'store the weights densely');
  const stored = new Set(graph.initializer.map(({ name = '' }) => name));
  const inputs = graph.input.filter(({ name = '' }) => !stored.has(name));
  if (inputs.length !== 1)
    return fail(`expected one input, found ${named(inputs)}`, 'export a network that takes the images alone');
  if (graph.output.length !== 1)
    return fail(`expected one output, found ${named(graph.output)}`, 'export the logits alone');
  const [input, output] = [inputs[0]!, graph.output[0]!];
  const { shape, view } = inputShape(graph, input, images, fail);
  if (!(mapSize(shape) <= LARGEST_MAP))
    return fail(`images of ${shape.join('x')} are too large`, 'export it for smaller images');
  const metadata = new Map(model.metadata.map(({ key = '', value = '' }) => [key, value]));
  return { graph, opset, input: input.name ?? '', shape, view, output: output.name ?? '', metadata };
}

const named = (values: readonly OnnxValue[]): string =>
  values.length === 0 ? 'none' : `${values.length} (${values.map(({ name = '' }) => name).join(', ')})`;

type Fail = (reason: string, remedy: string) => never;

/** Images are [batch, channels, rows, columns], unless all that is done with them is to put the channels there. */
function inputShape(
  graph: OnnxGraph,
  input: OnnxValue,
  images: MapShape | null,
  fail: Fail,
): Pick<OpenedModel, 'shape' | 'view'> {
  const dims = input.type?.tensor?.shape?.dim;
  const type = input.type?.tensor?.elementType;
  if (!dims)
    return fail(`input ${input.name} is no tensor of a known shape`, 'export it with an example image');
  if (type !== undefined && ![1, 2, 10, 11].includes(type))
    return fail(
      `input ${input.name} has numbers of type ${type} of onnx.proto`,
      'export it for float images',
    );
  const users = graph.node.filter((node) => node.input.includes(input.name ?? ''));
  const last = dims.length === 4 && users.length > 0 && users.every(putsChannelsFirst);
  const [, ...given] = dims.map(({ value }) => (value !== undefined && value > 0 ? value : null));
  const order = last ? [0, 1, 2] : [2, 0, 1];
  const sizes = given.map((size, i) => size ?? (given.length === 3 ? (images?.[order[i]!] ?? null) : null));
  if (sizes.some((size) => size === null))
    return fail(
      `input ${input.name} has open sizes [${dims.map((dim) => dim.value ?? dim.parameter ?? '?').join(', ')}]`,
      'export it for images of a fixed size, or say which by input, height x width x channels',
    );
  const [a, b, c] = sizes as number[];
  const shape: MapShape | null =
    sizes.length === 3 && last
      ? [a!, b!, c!]
      : sizes.length === 3
        ? [b!, c!, a!]
        : sizes.length === 2
          ? [a!, b!, 1]
          : sizes.length === 1
            ? [1, 1, a!]
            : null;
  if (!shape)
    return fail(
      `input ${input.name} has ${dims.length} axes`,
      'export it for images: [batch, channels, rows, columns]',
    );
  if (images && images.join() !== shape.join())
    return fail(`input ${input.name} is ${shape.join('x')}, you say ${images.join('x')}`, 'leave input out');
  if (sizes.length === 3 && !last) return { shape, view: channelsFirst(shape) };
  if (sizes.length === 1) return { shape, view: viewOf(shape, ['channels']) };
  return { shape, view: viewOf(shape, last ? ['rows', 'columns', 'channels'] : ['rows', 'columns']) };
}

const putsChannelsFirst = ({ opType, attribute }: OnnxGraph['node'][number]): boolean =>
  opType === 'Transpose' && attribute.find(({ name }) => name === 'perm')?.ints.join() === '0,3,1,2';

/** Every initialiser by its name. */
export function initialisersOf(
  { initializer }: OnnxGraph,
  external: ReadonlyMap<string, Uint8Array<ArrayBufferLike>>,
  source: string,
): Map<string, Constant> {
  const constants = new Map<string, Constant>();
  for (const tensor of initializer) {
    const name = tensor.name ?? '';
    const place = `${source}: initialiser ${name}`;
    if (constants.has(name))
      throw new InputError(`${place}: the name occurs twice; export the network again`);
    constants.set(name, constantOf(tensor, external.get(name), place));
  }
  return constants;
}
