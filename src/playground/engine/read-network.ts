/**
 * @file A network from the bytes of a file, whatever its format: strelu's own, ONNX, NIR. A new format is a line of the table.
 */
import { SNN_FORMAT } from '../../format/format-names.ts';
import { decodeModel } from '../../format/model-format.ts';
import { decodeSafetensors } from '../../format/safetensors.ts';
import { decodeSnn } from '../../format/snn-format.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../../snn/network.ts';

/** What a file holds, and for foreign formats what each of its nodes became. */
export interface ReadNetwork {
  readonly made:
    | { readonly kind: 'model'; readonly network: TrainedNetwork }
    | { readonly kind: 'snn'; readonly snn: SpikingNetwork };
  readonly became: readonly string[];
}

type Reader = (bytes: Uint8Array, name: string) => ReadNetwork | Promise<ReadNetwork>;

/** By the ending of the file's name; what reads it starts with the first such file. */
const READERS: Readonly<Record<string, Reader>> = {
  async onnx(bytes, name) {
    const { importOnnx } = await import('../../onnx/import-onnx.ts');
    const { network, report } = await importOnnx(bytes, { source: name });
    const became = report.nodes.map((node) => `${node.operator} ${node.name}: ${node.became}`);
    return { made: { kind: 'model', network }, became };
  },
  async nir(bytes, name) {
    const { decodeNir } = await import('../../nir/file/decode-nir.ts');
    const { importNir } = await import('../../nir/import/import-nir.ts');
    const { snn, report } = importNir(await decodeNir(bytes, name), name);
    const became = report.rows.map((row) => `${row.type} ${row.node}: ${row.became}`);
    return { made: { kind: 'snn', snn }, became };
  },
};

/** @throws InputError naming what is wrong with the file */
export async function readNetwork(bytes: Uint8Array, name: string): Promise<ReadNetwork> {
  const [, ending = ''] = /\.(\w+)$/.exec(name.toLowerCase()) ?? [];
  const reader = READERS[ending];
  if (reader) return reader(bytes, name);
  const { metadata } = decodeSafetensors(bytes, name);
  return metadata.format === SNN_FORMAT
    ? { made: { kind: 'snn', snn: decodeSnn(bytes, name) }, became: [] }
    : { made: { kind: 'model', network: decodeModel(bytes, name) }, became: [] };
}
