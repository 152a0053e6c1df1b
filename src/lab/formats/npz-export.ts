/** @file The numbers of a network, trained or spiking, as npz for NumPy. */
import { encodeModel } from '../../format/model-format.ts';
import { encodeWeights } from '../../format/network-npz.ts';
import { decodeSafetensors } from '../../format/safetensors.ts';
import { encodeSnn } from '../../format/snn-format.ts';
import type { ExportFormat } from './export-format.ts';

export const npzExport: ExportFormat = {
  name: 'npz',
  says: 'the weights of a model or of a spiking network, for NumPy',
  ending: '.npz',
  replaces: [],
  replacesAsked: ['arrays of a network'],
  settings: [],
  async write(file, _, source) {
    const network = file.kind === 'model' ? file.network : file.snn;
    const own = file.kind === 'model' ? encodeModel(file.network) : encodeSnn(file.snn);
    const { size } = decodeSafetensors(own, source).tensors;
    const facts = [`npz: ${size} arrays by the names of strelu's tensors; kernels rows x columns x in x out`];
    return { bytes: encodeWeights(network), facts };
  },
};
