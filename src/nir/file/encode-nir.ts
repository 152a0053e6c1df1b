/**
 * @file A graph as the bytes of a NIR file: HDF5, with the text `version` and the group `node`, whose field `type` is NIRGraph,
 * whose `nodes` are groups and whose `edges` are pairs of texts.
 */
import { type NirGraph, type NirNode, sizeOf } from '../graph.ts';
import { NODE_FIELDS } from './fields.ts';
import { freshPath, type H5wasm, loadHdf5 } from './load-h5wasm.ts';

/** The release of NIR whose files these are like. */
export const NIR_VERSION = '1.0.7';

type Group = InstanceType<H5wasm['Group']>;

/**
 * The bytes of a NIR file.
 * @throws InputError when the package h5wasm is not installed
 * @example
 * const bytes = await encodeNir(exportNir(snn));
 * bytes[0]; // 137: HDF5
 */
export async function encodeNir(graph: NirGraph): Promise<Uint8Array<ArrayBuffer>> {
  const { h5, files } = await loadHdf5();
  const path = freshPath();
  const file = new h5.File(path, 'w');
  try {
    file.create_dataset({ name: 'version', data: NIR_VERSION });
    writeNode(file.create_group('node'), graph);
    file.flush();
  } finally {
    file.close();
  }
  const bytes = Uint8Array.from(files.readFile(path));
  files.unlink(path);
  return bytes;
}

function writeNode(group: Group, node: NirNode): void {
  if (node.type === 'NIRGraph') writeGraph(group, node);
  else {
    group.create_dataset({ name: 'type', data: node.type });
    const values = node as unknown as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(NODE_FIELDS[node.type])) writeField(group, name, values[name]);
  }
  writeMetadata(group, node);
}

function writeGraph(group: Group, { nodes, edges }: NirGraph): void {
  group.create_dataset({ name: 'type', data: 'NIRGraph' });
  const inner = group.create_group('nodes');
  for (const [name, node] of nodes) writeNode(inner.create_group(name), node);
  group.create_dataset({ name: 'edges', data: edges.flat(), shape: [edges.length, 2] });
}

function writeField(group: Group, name: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value === 'string') group.create_dataset({ name, data: value });
  else if (typeof value === 'number') writeWhole(group, name, [value], []);
  else if (Array.isArray(value)) writeWhole(group, name, value as number[], [value.length]);
  else {
    const { data, shape } = value as { readonly data: Float32Array; readonly shape: readonly number[] };
    if (data.length !== sizeOf(shape))
      throw new RangeError(`NIR: ${name}: ${data.length} numbers for a shape of ${shape.join('x')}`);
    group.create_dataset({ name, data: Float32Array.from(data), shape: [...shape] });
  }
}

function writeWhole(group: Group, name: string, values: readonly number[], shape: number[]): void {
  group.create_dataset({ name, data: BigInt64Array.from(values, BigInt), shape, dtype: '<q' });
}

function writeMetadata(group: Group, { metadata }: NirNode): void {
  if (!metadata) return;
  const inner = group.create_group('metadata');
  for (const [name, data] of Object.entries(metadata)) inner.create_dataset({ name, data });
}
