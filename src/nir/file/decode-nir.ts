/**
 * @file A graph from the bytes of a NIR file.
 */
import { InputError } from '../../errors.ts';
import { suggestion } from '../../near.ts';
import type { NirGraph, NirNode } from '../graph.ts';
import { type Field, NODE_FIELDS } from './fields.ts';
import { Hdf5Reader } from './hdf5-reader.ts';
import { freshPath, type Hdf5, loadHdf5 } from './load-h5wasm.ts';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Graphs in graphs, and nodes in all: far more than any network has, far fewer than a damaged file may claim. */
const DEEPEST = 16;
const MOST_NODES = 100_000;

/** The types that NIR has beside those that strelu reads. */
const OTHER_TYPES: readonly string[] = ['Conv1d', 'CubaLI', 'CubaLIF', 'Delay', 'LI', 'LIF'];

/**
 * The graph of a NIR file.
 * @param source the file's name, for errors
 * @throws InputError naming the node and the field that is wrong, or when the package h5wasm is not installed
 * @example
 * const again = await decodeNir(await encodeNir(exportNir(snn)), 'snn.nir');
 * again.type; // 'NIRGraph'
 */
export async function decodeNir(bytes: Uint8Array<ArrayBufferLike>, source: string): Promise<NirGraph> {
  checkSignature(bytes, source);
  const hdf5 = await loadHdf5();
  const path = freshPath();
  hdf5.files.writeFile(path, Uint8Array.from(bytes));
  try {
    return readFile(hdf5, path, bytes.length, source);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    throw new InputError(
      `${source}: cannot be read as HDF5 (${reason.slice(0, 120)}); it is cut or damaged, write it again`,
      { cause: error },
    );
  } finally {
    hdf5.files.unlink(path);
  }
}

function checkSignature(bytes: Uint8Array<ArrayBufferLike>, source: string): void {
  if (SIGNATURE.every((byte, i) => bytes[i] === byte)) return;
  const found = bytes.length < SIGNATURE.length ? `${bytes.length} bytes` : 'other bytes in its beginning';
  throw new InputError(
    `${source}: expected a NIR file, which is HDF5, found ${found}; give a file that nir.write made`,
  );
}

function readFile({ h5 }: Hdf5, path: string, bytes: number, source: string): NirGraph {
  const file = new h5.File(path, 'r');
  try {
    const root = new Hdf5Reader(h5, file, bytes, source);
    if (!root.has('node') || !root.has('version'))
      throw new InputError(
        `${source}: expected a NIR file with a version and a node, found HDF5 with ${root.keys().join(', ') || 'nothing'}; give a file that nir.write made, or write a network of Keras as ONNX`,
      );
    checkVersion(root.text('version'), source);
    const count = { nodes: 0 };
    const node = readNode(root.group('node', `${source}: node`), 0, count);
    if (node.type !== 'NIRGraph')
      throw new InputError(`${source}: node should be a NIRGraph, found ${node.type}; put it into a graph`);
    return node;
  } finally {
    file.close();
  }
}

function checkVersion(version: string, source: string): void {
  const [, major = ''] = /^(\d+)\.\d/.exec(version) ?? [];
  if (major === '0' || major === '1') return;
  throw new InputError(
    `${source}: expected a file of NIR 0 or 1, found version "${version}"; write it with a release of nir before 2`,
  );
}

function readNode(reader: Hdf5Reader, depth: number, count: { nodes: number }): NirNode {
  if (depth > DEEPEST || ++count.nodes > MOST_NODES)
    throw new InputError(
      `${reader.place}: expected at most ${DEEPEST} graphs in graphs and ${MOST_NODES} nodes, found more; it is damaged, write it again`,
    );
  const type = reader.text('type');
  const node = type === 'NIRGraph' ? readGraph(reader, depth, count) : readPlainNode(reader, type);
  const metadata = readMetadata(reader);
  return metadata ? { ...node, metadata } : node;
}

function readGraph(reader: Hdf5Reader, depth: number, count: { nodes: number }): NirGraph {
  const inner = reader.group('nodes', `${reader.place}: nodes`);
  const names = inner.keys();
  const nodes = new Map(
    names.map((name) => [name, readNode(inner.group(name, `${reader.place}: ${name}`), depth + 1, count)]),
  );
  const edges = reader.pairs('edges');
  const unknown = edges.flat().find((name) => !nodes.has(name));
  if (unknown !== undefined)
    throw new InputError(
      `${reader.place}: an edge names "${unknown}", which is no node; ${suggestion(unknown, names)}`,
    );
  return { type: 'NIRGraph', nodes, edges };
}

function readPlainNode(reader: Hdf5Reader, type: string): NirNode {
  if (!Object.hasOwn(NODE_FIELDS, type)) {
    const known = Object.keys(NODE_FIELDS);
    const why = OTHER_TYPES.includes(type)
      ? `strelu's neurons have no leak and no delay: it reads ${known.join(', ')}, NIRGraph`
      : suggestion(type, known);
    throw new InputError(`${reader.place}: a node of type ${type} cannot be read; ${why}`);
  }
  const node: Record<string, unknown> = { type };
  for (const [name, field] of Object.entries(NODE_FIELDS[type as keyof typeof NODE_FIELDS]))
    if (!field.optional || reader.has(name)) node[name] = readField(reader, name, field);
  return node as unknown as NirNode;
}

function readField(reader: Hdf5Reader, name: string, { kind }: Field): unknown {
  switch (kind) {
    case 'floats':
      return reader.floats(name);
    case 'sizes':
      return checked(reader, name, reader.whole(name), (size) => size >= 1, 'sizes of at least 1');
    case 'padding':
      return reader.isText(name) ? readPaddingWord(reader, name) : readPair(reader, name);
    case 'pair':
      return readPair(reader, name);
    case 'whole': {
      const numbers = reader.whole(name);
      return numbers.length === 1 ? numbers[0] : reader.refuse(name, 'one whole number', `${numbers.length}`);
    }
  }
}

function readPaddingWord(reader: Hdf5Reader, name: string): string {
  const word = reader.text(name);
  return word === 'same' || word === 'valid'
    ? word
    : reader.refuse(name, "'same', 'valid' or a pair", `"${word}"`);
}

function readPair(reader: Hdf5Reader, name: string): number[] {
  const found = checked(reader, name, reader.whole(name), (number) => number >= 0, 'numbers of at least 0');
  if (found.length === 1) return [found[0]!, found[0]!];
  return found.length === 2 ? found : reader.refuse(name, 'a pair of whole numbers', `${found.length}`);
}

function checked(
  reader: Hdf5Reader,
  name: string,
  numbers: number[],
  good: (number: number) => boolean,
  expected: string,
): number[] {
  const bad = numbers.find((number) => !good(number));
  return bad === undefined ? numbers : reader.refuse(name, expected, `${bad}`);
}

/** Only texts: what else there is describes too, and is not needed. */
function readMetadata(reader: Hdf5Reader): Record<string, string> | null {
  if (!reader.has('metadata')) return null;
  const inner = reader.group('metadata', `${reader.place}: metadata`);
  const texts: Record<string, string> = {};
  for (const key of inner.keys()) if (isTextField(inner, key)) texts[key] = inner.text(key);
  return texts;
}

function isTextField(reader: Hdf5Reader, key: string): boolean {
  try {
    return reader.isText(key);
  } catch {
    return false;
  }
}
