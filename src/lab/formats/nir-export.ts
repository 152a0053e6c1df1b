/** @file A spiking network as a NIR file, for other simulators and chips. */
import { InputError } from '../../errors.ts';
import { exportNir } from '../../nir/export/export-nir.ts';
import { encodeNir, NIR_VERSION } from '../../nir/file/encode-nir.ts';
import { shellFile } from '../../platform/shell-words.ts';
import type { ExportFormat } from './export-format.ts';

export const nirExport: ExportFormat = {
  name: 'nir',
  says: 'a spiking network, for simulators and chips that read NIR',
  ending: '.nir',
  replaces: [],
  replacesAsked: ['NIR file'],
  settings: [],
  async write(file, _, source) {
    if (file.kind === 'model')
      throw new InputError(
        `${source}: expected a spiking network, found a trained one, whose activations NIR has no words for; convert it first: strelu convert ${shellFile(source)}`,
      );
    const graph = exportNir(file.snn);
    const { neuron } = file.snn;
    const facts = [
      `NIR ${NIR_VERSION}: ${graph.nodes.size} nodes, neuron ${neuron.name}${neuron.rule.reset === 'zero' ? ' as IF' : ' as a graph of I, Threshold and Scale, whose spikes come back one step later'}`,
      'the image is the input at every step, the answer the mean of the output; docs/guide/nir.md says what a step is',
    ];
    return { bytes: await encodeNir(graph), facts };
  },
};
