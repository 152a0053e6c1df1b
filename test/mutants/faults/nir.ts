/** @file What travels to other tools and back: NIR, weights of PyTorch, npz. */
import { type Fault, fault } from './fault.ts';

const FILES = ['nir/files.test.ts'];
const ROUND = ['nir/round-trip.test.ts'];
const REFUSED = ['nir/refused.test.ts'];
const TORCH = ['format/state-dict/torch.test.ts'];
const NPZ = ['data/encode-npz.test.ts', 'format/network-npz.test.ts'];
const SAME = 'the same spikes, step by step';

export const NIR_FAULTS: readonly Fault[] = [
  fault(
    'a threshold of NIR at which strelu fires, instead of just below',
    'src/nir/firing.ts',
    'isStrict ? number : justBelow(number)',
    'number',
    SAME,
    ROUND,
  ),
  fault('v0 shifts the wrong way', 'src/nir/firing.ts', '* theta) - v0, k', '* theta) + v0, k', SAME, FILES),
  fault(
    'thresholds of the channels in another order',
    'src/nir/export/neuron-node.ts',
    'perNeuron(layer.shape, firings.map(of))',
    'perNeuron(layer.shape, firings.map(of).reverse())',
    SAME,
    ROUND,
  ),
  fault(
    'an unflattened matrix in rows, columns, channels',
    'src/format/channels-first.ts',
    'out[o * at.length + at[i]!] = weight',
    'out[o * at.length + i] = weight',
    SAME,
    ROUND,
  ),
  fault(
    'means divided twice',
    'src/nir/import/synapses-of.ts',
    '(height) => height / places',
    '(height) => height',
    SAME,
    ROUND,
  ),
  fault(
    'the next float32 of a negative number goes the wrong way',
    'src/nir/next-float.ts',
    'number[0]! > 0 ? 1 : -1',
    '1',
    'no float32 between',
    ROUND,
  ),
  fault(
    'a v0 of one rounding is accepted',
    'src/nir/import/choose-neuron.ts',
    'const ROUNDING = 1e-5;',
    'const ROUNDING = 0;',
    'what is not the same is refused',
    REFUSED,
  ),
  fault(
    'a cycle through weights passes for a neuron',
    'src/nir/import/neuron-parts.ts',
    "!['I', 'Threshold', 'Scale', 'Pass']",
    "!['I', 'Threshold', 'Scale', 'Pass', 'Linear']",
    'what cannot be run is refused',
    REFUSED,
  ),
  fault(
    'rows of a matrix behind a flatten stay channels first',
    'src/format/state-dict/layout.ts',
    'fromOutputsByInputs(values, flattened, layer.outputs)',
    'fromOutputsByInputs(values, [1, 1, layer.inputs], layer.outputs)',
    "PyTorch's logits",
    TORCH,
  ),
  fault(
    'a batch norm behind a flatten stays channels first',
    'src/format/state-dict/layout.ts',
    'return isOfInput && values.length > 1',
    'return false && isOfInput && values.length > 1',
    "PyTorch's logits",
    TORCH,
  ),
  fault(
    'layers.10 before layers.2',
    'src/format/state-dict/torch-parts.ts',
    'Number(x) - Number(y) : 0',
    '0 : 0',
    'modules in their order',
    TORCH,
  ),
  fault(
    'a threshold that changes nothing',
    'src/format/state-dict/import-state-dict.ts',
    '  refuseUselessTheta(pairs, options, source);\n',
    '',
    'nothing is ignored',
    ['format/state-dict/refused.test.ts'],
  ),
  fault(
    'a threshold that is not trained is 1',
    'src/format/state-dict/import-state-dict.ts',
    'new Float32Array(layer.thetas).fill(given)',
    'new Float32Array(layer.thetas).fill(1)',
    "PyTorch's logits",
    TORCH,
  ),
  fault(
    'no sum of the bytes in a ZIP archive',
    'src/data/encode-zip.ts',
    'crc32(bytes), ',
    '0, ',
    'a reader checks it',
    NPZ,
  ),
  fault(
    'steps of spikes are neurons',
    'src/snn/spike-events.ts',
    'events.t[at] = Math.floor(i / neurons)',
    'events.t[at] = i % neurons',
    'events are the record',
    NPZ,
  ),
];
