/** @file ONNX files on disk: read with the weights beside them, compared with onnxruntime where that is installed. */
import { dirname, join } from 'node:path';
import { readBytes } from '../../io/files.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { ImportReport } from '../../onnx/import/report.ts';
import { importOnnx } from '../../onnx/import-onnx.ts';
import type { ImportFormat } from './import-format.ts';
import { compareWithRuntime } from './onnx-runtime.ts';

export const onnxImport: ImportFormat = {
  name: 'onnx',
  says: 'an ONNX file (.onnx)',
  settings: ['input'],
  endings: /\.onnx$/i,
  /** A model of onnx.proto begins with the version of the format, a small number. */
  begins: (bytes) => bytes[0] === 8 && bytes[1]! < 32,
  async read({ path, bytes, normalisation, input }) {
    const { network, report } = await importOnnx(bytes, {
      source: path,
      readExternal: (location) => readBytes(join(dirname(path), location)),
      ...(normalisation && { normalisation }),
      ...(input && { input }),
    });
    return {
      made: { kind: 'model', network },
      nodes: report.nodes,
      facts: [writtenBy(report), normalised(network, report)],
    };
  },
  check: ({ path }, { made }, seed) => {
    if (made.kind !== 'model') throw new Error('onnx: imported no trained network');
    return compareWithRuntime(path, made.network, seed);
  },
};

const writtenBy = ({ producer, opset, layers, parameters }: ImportReport): string =>
  `ONNX, opset ${opset}${producer ? `, by ${producer}` : ''}: ${layers} layers, ${parameters} parameters`;

function normalised({ learned }: TrainedNetwork, { normalisation }: ImportReport): string {
  if (!learned)
    return 'normalisation: none; the file does not say how its images are normalised: give --mean and --std as in training (0 and 1 for images from 0 to 1)';
  const row = (values: readonly number[]): string =>
    values.map((x) => String(Number(x.toPrecision(6)))).join(', ');
  const from = normalisation === 'given' ? 'as given' : "from the file's metadata";
  return `normalisation: mean ${row(learned.mean)}, deviation ${row(learned.deviation)} (${from})`;
}
