/**
 * @file From a trained network to an ONNX file that other programs run: the network as it computes in inference, training grids
 * included, or on a grid that is asked for.
 */
import { UsageError } from '../errors.ts';
import type { Layer, TrainedNetwork } from '../nn/architecture.ts';
import { asVector, type Flow } from './export/flow.ts';
import { GraphBuilder } from './export/graph-builder.ts';
import { writeLayers } from './export/write-layers.ts';
import { loadWire, type WireSource } from './wire/load.ts';
import type { OnnxDimension, OnnxModel, OnnxValue } from './wire/messages.ts';
import { writeModel } from './wire/write.ts';

/** How to write an ONNX file. */
export interface ExportOnnxOptions {
  /** Levels of every activation from 0 to its threshold, 0: none. Default: as trained. */
  readonly levels?: number;
  /** Where @bufbuild/protobuf comes from, when it is not installed beside strelu. */
  readonly wire?: WireSource;
}

/** Understood by every runtime since 2020; the grid of each activation is one QuantizeLinear and one DequantizeLinear. */
const [OPSET, IR_VERSION] = [13, 7];

/**
 * The bytes of an ONNX file: images [batch, channels, rows, columns] to logits [batch, classes]. Mean, deviation and class names
 * go into its metadata.
 * @throws InputError for a layer or an activation of the caller's own, or a grid for an activation without a threshold
 * @example
 * const file = await exportOnnx(network, { levels: 8 });
 * (await importOnnx(file)).network.architecture.classes; // 10
 */
export async function exportOnnx(
  network: TrainedNetwork,
  { levels, wire: source }: ExportOnnxOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (levels !== undefined && !(Number.isInteger(levels) && levels >= 0 && levels < 2 ** 24))
    throw new UsageError(`exportOnnx: expected levels from 0 on, found ${levels}; give a whole number`);
  return writeModel(await loadWire(source), modelOf(network, levels));
}

function modelOf({ architecture, weights, learned }: TrainedNetwork, levels: number | undefined): OnnxModel {
  const { name, input, classes } = architecture;
  const [rows, columns, channels] = input;
  const vector = rows * columns === 1;
  const builder = new GraphBuilder();
  const image: Flow = { value: 'image', shape: input, rank: vector ? 2 : 4, order: null };
  const layers = levels === undefined ? architecture.layers : withLevels(architecture.layers, levels);
  const last = asVector(builder, writeLayers({ builder, weights, source: name }, layers, image), 'vector');
  builder.nodes.push({
    name: 'logits/Identity',
    opType: 'Identity',
    input: [last.value],
    output: ['logits'],
    attribute: [],
  });
  const metadata = learned
    ? [
        { key: 'mean', value: JSON.stringify(learned.mean) },
        { key: 'deviation', value: JSON.stringify(learned.deviation) },
        ...(learned.classNames ? [{ key: 'classes', value: JSON.stringify(learned.classNames) }] : []),
      ]
    : [];
  return {
    irVersion: IR_VERSION!,
    producerName: 'strelu',
    graph: {
      name,
      node: builder.nodes,
      initializer: builder.tensors,
      sparseInitializer: [],
      input: [floatsOf('image', vector ? [channels] : [channels, rows, columns])],
      output: [floatsOf('logits', [classes])],
    },
    opsetImport: [{ version: OPSET! }],
    metadata,
    functions: [],
  };
}

/** A value of floats, [batch, ...sizes]. */
function floatsOf(name: string, sizes: readonly number[]): OnnxValue {
  const dim: OnnxDimension[] = [{ parameter: 'batch' }, ...sizes.map((value) => ({ value }))];
  return { name, type: { tensor: { elementType: 1, shape: { dim } } } };
}

/** The layers with every activation on a grid of so many levels, those of inner layers too. */
function withLevels(layers: readonly Layer[], levels: number): Layer[] {
  return layers.map((layer): Layer => {
    if (layer.kind === 'activation') return { ...layer, levels };
    if (layer.kind === 'residual')
      return { ...layer, body: withLevels(layer.body, levels), shortcut: withLevels(layer.shortcut, levels) };
    if (layer.kind === 'concat')
      return { ...layer, branches: layer.branches.map((branch) => withLevels(branch, levels)) };
    return layer;
  });
}
