/**
 * @file What other programs exchange, by the first bytes: ONNX, HDF5 (NIR), NumPy's archives; of ONNX and npz files also whether a command
 * of ours wrote them. A name that was never given, FILE.npz of FILE.safetensors, may be that of someone's data.
 */

/** Kinds of files for other programs, with the words that messages have for them. */
export const EXCHANGE_WORDS = {
  'ONNX file': 'an ONNX file of another program',
  'exported ONNX file': 'an exported ONNX file',
  'NIR file': 'a NIR file',
  arrays: 'an npz file with arrays of its own',
  'arrays of a network': 'an npz file with the arrays of a network',
  spikes: 'an npz file of spikes',
  weights: 'a safetensors file with weights alone',
} as const;

export type ExchangeKind = keyof typeof EXCHANGE_WORDS;

const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP = [0x50, 0x4b, 3, 4];
/** Tags of the fields that may follow the version of a model of onnx.proto: producer, its version, domain, graph, opset. */
const ONNX_TAGS = [0x12, 0x1a, 0x22, 0x3a, 0x42];
const PRODUCER = 0x12;

/**
 * Null for anything else, and for a beginning that is too short to tell.
 * @param begin the first bytes of a file
 */
export function exchangeKind(begin: Uint8Array): Exclude<ExchangeKind, 'weights'> | null {
  if (HDF5.every((byte, i) => begin[i] === byte)) return 'NIR file';
  if (ZIP.every((byte, i) => begin[i] === byte)) return arraysIn(begin);
  const [tag, version, next, length] = begin;
  if (tag !== 8 || version! >= 32 || !ONNX_TAGS.includes(next!)) return null;
  if (next !== PRODUCER) return 'ONNX file';
  const producer = begin.subarray(4, 4 + length!);
  if (producer.length < length!) return null;
  return new TextDecoder().decode(producer) === 'strelu' ? 'exported ONNX file' : 'ONNX file';
}

/** By the name of the first member: tensors of a network are called LAYER.PART, spikes begin with their images. */
function arraysIn(begin: Uint8Array): Exclude<ExchangeKind, 'weights'> | null {
  if (begin.length < 30) return null;
  const length = begin[26]! + 256 * begin[27]!;
  if (begin.length < 30 + length) return null;
  const name = new TextDecoder().decode(begin.subarray(30, 30 + length));
  if (!name.endsWith('.npy')) return null;
  if (name === 'image.npy') return 'spikes';
  return /^[^/.]+(\.[^/.]+)+\.npy$/.test(name) ? 'arrays of a network' : 'arrays';
}
