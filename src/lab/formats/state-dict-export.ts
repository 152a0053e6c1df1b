/** @file The weights of a trained network as PyTorch's state_dict. */
import { InputError } from '../../errors.ts';
import { exportStateDict } from '../../format/state-dict/export-state-dict.ts';
import type { ExportFormat } from './export-format.ts';
import { foldNetwork } from './fold-network.ts';

export const stateDictExport: ExportFormat = {
  name: 'state-dict',
  says: 'the weights of a model in names and layouts of PyTorch',
  ending: '.state-dict.safetensors',
  replaces: [],
  replacesAsked: ['weights'],
  settings: ['folded'],
  async write(file, { folded }, source) {
    if (file.kind === 'snn')
      throw new InputError(
        `${source}: expected a model, found a spiking network, for which PyTorch has no modules; export the model that it was converted from, or --to npz`,
      );
    const bytes = exportStateDict(folded ? foldNetwork(file.network) : file.network);
    const facts = [
      'state_dict: module.load_state_dict(safetensors.torch.load_file(FILE)), with modules called as the layers (strelu inspect)',
    ];
    return { bytes, facts };
  },
};
