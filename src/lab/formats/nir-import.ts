/** @file NIR files: a spiking network of another simulator. */
import { decodeNir } from '../../nir/file/decode-nir.ts';
import { importNir } from '../../nir/import/import-nir.ts';
import { normalisationOf } from '../../onnx/import/normalisation.ts';
import { printablePart } from '../../printable.ts';
import type { ImportFormat } from './import-format.ts';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46];

export const nirImport: ImportFormat = {
  name: 'nir',
  says: 'a NIR file (.nir)',
  ending: '.snn.safetensors',
  settings: ['ifReset'],
  /** HDF5 begins so. */
  endings: /\.nir$/i,
  begins: (bytes) => SIGNATURE.every((byte, i) => bytes[i] === byte),
  async read({ path, bytes, normalisation, settings: { ifReset } }) {
    const { snn, report } = importNir(await decodeNir(bytes, path), path, { ...(ifReset && { ifReset }) });
    const { learned } = normalisationOf(normalisation, new Map(), snn.input[2], path);
    return {
      made: { kind: 'snn', snn: { ...snn, ...(learned && { learned }) } },
      nodes: report.rows.map(({ node, type, became }, i) => ({
        position: i + 1,
        name: printablePart(node),
        operator: type,
        became,
      })),
      facts: [
        `NIR: neuron ${report.neuron}, v0 = ${report.initialPotential} theta`,
        report.roundedWeights === 0
          ? 'every spike adds the number of the file, to the last bit'
          : `${report.roundedWeights} weights add a number one rounding beside the file's`,
        learned
          ? 'normalisation: as given'
          : 'normalisation: none; a NIR file does not say how its images are normalised: give --mean and --std',
      ],
    };
  },
};
