/** @file Folding and thresholds. */
import { type Fault, fault } from './fault.ts';

const L18 = ['laws/l18-commutations.test.ts'];
const L21 = ['laws/l21-rest-coding.test.ts'];
const REST = 'src/convert/transforms/rest-coding.ts';
const VERSION_1 = ['io/version-1.test.ts'];
const ORACLE = ['laws/oracle.test.ts'];
const CONVERSION_METHODS = ['convert/methods.test.ts'];
const BALANCE = 'src/convert/methods/balance.ts';
const BIASES = 'src/convert/methods/correct-biases.ts';
const NORM = 'src/convert/fold-batch-norm.ts';
const GEOMETRY = 'src/snn/geometry.ts';

export const CONVERSION_FAULTS: readonly Fault[] = [
  fault('epsilon forgotten', NORM, 'variance[c]! + layer.epsilon)', 'variance[c]!)', 'L18', L18),
  fault('running mean added', NORM, 'b - mean[c]! * scale[c]!', 'b + mean[c]! * scale[c]!', 'L18', L18),
  fault('bias not scaled by the batch norm', NORM, 'b * affine.scale[c]! + ', 'b + ', 'L18', L18),
  fault('shift of a batch norm ahead lost', NORM, 'weight[i]! * affine.shift[input]!', '0', 'L18', L18),
  fault('scale of the wrong input', NORM, 'Math.floor(i / outputs) % inputs', 'i % inputs', 'L18', L18),
  fault(
    'two batch norms composed backwards',
    NORM,
    'shift + second.scale[c]! * first.shift[c]!',
    'shift + first.shift[c]!',
    'L18',
    L18,
  ),
  fault('pool divides once', 'src/convert/fold-pool.ts', '/ (window * window)', '/ window', 'L18', L18),
  fault('pool keeps the stride', 'src/convert/fold-pool.ts', 'stride: stride * window', 'stride', 'L18', L18),
  fault('shortcut bias lost', 'src/convert/fold-residual.ts', 'b + shortcut.bias[c]!', 'b', 'L18', L18),
  fault('theta of either sign', 'src/convert/parameters.ts', 'count), Math.abs)', 'count))', 'L18', L18),
  fault(
    'strelu starts at theta/2',
    'src/convert/methods/strelu.ts',
    '(neuron) => neuron.start',
    '() => 0.5',
    'L11',
    ['laws/l11-initial-potential.test.ts'],
  ),
  fault(
    'balancing forgets the layers before',
    BALANCE,
    'largestCurrent({ ...network, layers }, l',
    'largestCurrent(network, l',
    'balance',
    CONVERSION_METHODS,
  ),
  fault(
    'balancing looks at sizes',
    BALANCE,
    'current > largest',
    'Math.abs(current) > largest',
    'balance',
    CONVERSION_METHODS,
  ),
  fault(
    'balancing looks at one step',
    BALANCE,
    '? 1 : calibration.steps',
    '? 1 : 1',
    'balance',
    CONVERSION_METHODS,
  ),
  fault(
    'bias corrected the wrong way',
    BIASES,
    'b + error[c]!',
    'b - error[c]!',
    'light calibration',
    CONVERSION_METHODS,
  ),
  fault(
    'bias corrected twice',
    BIASES,
    'b + error[c]!',
    'b + 2 * error[c]!',
    'light calibration',
    CONVERSION_METHODS,
  ),
  fault(
    'bias corrected behind uncorrected layers',
    BIASES,
    'meanErrors({ ...network, layers }, l',
    'meanErrors(network, l',
    'light calibration',
    CONVERSION_METHODS,
  ),
  fault(
    'tReLU without its shift',
    'src/convert/methods/trelu.ts',
    'initialPotential: () => 0.5',
    'initialPotential: () => 0',
    'shift',
    CONVERSION_METHODS,
  ),
  fault(
    'QCFS without v0',
    'src/convert/methods/qcfs.ts',
    'initialPotential: () => 0.5',
    'initialPotential: () => 0',
    'T = L',
    CONVERSION_METHODS,
  ),
  fault(
    'the slope gets lost',
    'src/convert/choose-neuron.ts',
    'neuron.withSlope?.(commonSlope(architecture)) ?? neuron',
    'neuron',
    'tLeakyReLU',
    CONVERSION_METHODS,
  ),
  fault(
    'a file forgets the slope',
    'src/format/snn-format.ts',
    'known.withSlope?.(slope(fields)) ?? known',
    'known',
    'files',
    CONVERSION_METHODS,
  ),
  fault(
    'theta of the wrong layer',
    GEOMETRY,
    ': network.layers[from]!.theta;',
    ': network.layers[0]!.theta;',
    'L18',
    [...L18, ...ORACLE],
  ),
  fault(
    'rest coding without its own theta',
    REST,
    'layer.bias[i % channels]! + own',
    'layer.bias[i % channels]!',
    'L21',
    L21,
  ),
  fault('rest coding: one neuron of a window', REST, 'pool * pool', '1', 'L21', L21),
  fault('rest coding: an identity forgotten', REST, 'window * weight[c]!', '0', 'L21', L21),
  fault('rest coding starts at 0', REST, 'initialPotential: neuron.start', 'initialPotential: 0', 'L21', L21),
  fault(
    'rest coding: the first tap for all',
    REST,
    '(_, row) => {',
    '(_, row) => {\n        row = 0;',
    'L21',
    L21,
  ),
  fault('pooled charge divided once', GEOMETRY, '/ (pool * pool)', '/ pool', 'L18', L18),
  fault(
    'files of version 1 lose their grid',
    'src/format/snn-format.ts',
    "version === '1' ? gridOfVersion1(provenance)",
    "version === '1' ? undefined",
    'version 1',
    VERSION_1,
  ),
  fault(
    'pixels are rounded to other bits than the file says',
    'src/format/grid-json.ts',
    "typeof gridImageBits === 'number' ? gridImageBits : FIRST_IMAGE_BITS",
    "typeof gridImageBits === 'number' ? gridImageBits - 2 : FIRST_IMAGE_BITS",
    'version 1',
    VERSION_1,
  ),
  fault(
    'a transform keeps the promise of a grid it has left',
    'src/convert/transforms/off-grid.ts',
    "if (grid?.kind !== 'int8') return numbers;",
    "if (grid?.kind !== 'int8') return network;",
    'transforms',
    ['convert/transforms/index.test.ts'],
  ),
];
