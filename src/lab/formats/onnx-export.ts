/** @file A trained network as an ONNX file: as it is, folded, or on a grid. */
import { InputError } from '../../errors.ts';
import { exportOnnx } from '../../onnx/export-onnx.ts';
import type { ExportFormat } from './export-format.ts';
import { foldNetwork } from './fold-network.ts';

export const onnxExport: ExportFormat = {
  name: 'onnx',
  says: 'a model, for onnxruntime and others (activations on a grid as QuantizeLinear and DequantizeLinear)',
  ending: '.onnx',
  replaces: ['exported ONNX file'],
  settings: ['folded', 'levels'],
  async write(file, { folded, levels }, source) {
    if (file.kind === 'snn')
      throw new InputError(
        `${source}: expected a model, found a spiking network, for which ONNX has no words; export the model that it was converted from with --levels T: the network that its counts after T steps are compared with`,
      );
    const network = folded ? foldNetwork(file.network) : file.network;
    const bytes = await exportOnnx(network, levels === null ? {} : { levels });
    const facts = [
      `ONNX, opset 13: image [batch, channels, rows, columns] to logits [batch, ${network.architecture.classes}]`,
      network.learned
        ? 'mean and deviation of its images are in its metadata'
        : 'its images are normalised as the data set is: the model does not say how',
    ];
    return { bytes, facts };
  },
};
