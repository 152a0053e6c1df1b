/**
 * @file Files of other frameworks that are not read, by their first bytes, and what to write instead there. Whoever brings a network tries
 * its own file first.
 */

export interface ForeignFile {
  /** What it is, behind "found". */
  readonly words: string;
  readonly remedy: string;
}

const TORCH: ForeignFile = {
  words: 'what torch.save writes (a pickle, which is not read)',
  remedy:
    'in Python write torch.onnx.export(net.eval(), image, "net.onnx"), or the weights alone: safetensors.torch.save_file(net.state_dict(), "net.safetensors")',
};
const TENSORFLOW = 'write it as ONNX: net.export("net.onnx", format="onnx") in Keras, or the program tf2onnx';
const KERAS: ForeignFile = { words: 'a file of Keras', remedy: TENSORFLOW };
const LITE: ForeignFile = { words: 'a file of TensorFlow Lite', remedy: TENSORFLOW };

const ZIP = [0x50, 0x4b, 3, 4];
/** The operation with which every pickle begins, before the version of its protocol. */
const PICKLE = 0x80;

/**
 * Null for anything else.
 * @param begin the first bytes of a file, 128 or more
 * @example
 * foreignFile(Uint8Array.of(0x80, 2, 0x7d)).words; // 'what torch.save writes (a pickle, which is not read)'
 */
export function foreignFile(begin: Uint8Array<ArrayBufferLike>): ForeignFile | null {
  if (begin[0] === PICKLE && begin[1]! >= 2 && begin[1]! <= 5) return isHeaderLength(begin) ? null : TORCH;
  if (latin(begin, 4, 8) === 'TFL3') return LITE;
  if (!ZIP.every((byte, i) => begin[i] === byte)) return null;
  const name = latin(begin, 30, 30 + begin[26]! + 256 * begin[27]!);
  if (/(^|\/)(data|constants)\.pkl$/.test(name)) return TORCH;
  return name === 'metadata.json' || name === 'config.json' ? KERAS : null;
}

/** Safetensors whose header is as long as a pickle's first bytes say: the length has eight bytes, and a brace follows. */
const isHeaderLength = (begin: Uint8Array<ArrayBufferLike>): boolean => begin[8] === 0x7b;

const latin = (bytes: Uint8Array<ArrayBufferLike>, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));
