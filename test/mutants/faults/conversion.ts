/** @file Folding and thresholds. */
import { type Fault, fault } from './fault.ts';

const T18 = ['laws/t18-commutations.test.ts'];
const T21 = ['laws/t21-rest-coding.test.ts'];
const REST = 'src/convert/rest-coding.ts';
const ORACLE = ['laws/oracle.test.ts'];
const RECIPES = ['convert/recipes.test.ts'];
const BALANCE = 'src/convert/recipes/balance.ts';
const BIASES = 'src/convert/recipes/correct-biases.ts';
const NORM = 'src/convert/fold-batch-norm.ts';
const GEOMETRY = 'src/snn/geometry.ts';

export const CONVERSION_FAULTS: readonly Fault[] = [
  fault('epsilon forgotten', NORM, 'variance[c]! + layer.epsilon)', 'variance[c]!)', 'T18', T18),
  fault('running mean added', NORM, 'b - mean[c]! * scale[c]!', 'b + mean[c]! * scale[c]!', 'T18', T18),
  fault('bias not scaled by the batch norm', NORM, 'b * affine.scale[c]! + ', 'b + ', 'T18', T18),
  fault('shift of a batch norm ahead lost', NORM, 'weight[i]! * affine.shift[input]!', '0', 'T18', T18),
  fault('scale of the wrong input', NORM, 'Math.floor(i / outputs) % inputs', 'i % inputs', 'T18', T18),
  fault(
    'two batch norms composed backwards',
    NORM,
    'shift + second.scale[c]! * first.shift[c]!',
    'shift + first.shift[c]!',
    'T18',
    T18,
  ),
  fault('pool divides once', 'src/convert/fold-pool.ts', '/ (window * window)', '/ window', 'T18', T18),
  fault('pool keeps the stride', 'src/convert/fold-pool.ts', 'stride: stride * window', 'stride', 'T18', T18),
  fault('shortcut bias lost', 'src/convert/walk.ts', 'b + shortcut.bias[c]!', 'b', 'T18', T18),
  fault('theta of either sign', 'src/convert/parameters.ts', 'count), Math.abs)', 'count))', 'T18', T18),
  fault(
    'strelu starts at theta/2',
    'src/convert/recipes/strelu.ts',
    "=== 'rest' ? 0.5 : 0",
    "=== 'rest' ? 0.5 : 0.5",
    'T11',
    ['laws/t11-initial-potential.test.ts'],
  ),
  fault(
    'balancing forgets the layers before',
    BALANCE,
    'largestCurrent({ ...network, layers }, l',
    'largestCurrent(network, l',
    'balance',
    RECIPES,
  ),
  fault(
    'balancing looks at sizes',
    BALANCE,
    'current > largest',
    'Math.abs(current) > largest',
    'balance',
    RECIPES,
  ),
  fault('balancing looks at one step', BALANCE, '? 1 : calibration.steps', '? 1 : 1', 'balance', RECIPES),
  fault(
    'bias corrected the wrong way',
    BIASES,
    'b + error[c]!',
    'b - error[c]!',
    'light calibration',
    RECIPES,
  ),
  fault('bias corrected twice', BIASES, 'b + error[c]!', 'b + 2 * error[c]!', 'light calibration', RECIPES),
  fault(
    'bias corrected behind uncorrected layers',
    BIASES,
    'meanErrors({ ...network, layers }, l',
    'meanErrors(network, l',
    'light calibration',
    RECIPES,
  ),
  fault(
    'tReLU without its shift',
    'src/convert/recipes/trelu.ts',
    'initialPotential: () => 0.5',
    'initialPotential: () => 0',
    'shift',
    RECIPES,
  ),
  fault(
    'QCFS without v0',
    'src/convert/recipes/qcfs.ts',
    'initialPotential: () => 0.5',
    'initialPotential: () => 0',
    'T = L',
    RECIPES,
  ),
  fault(
    'the slope gets lost',
    'src/convert/convert.ts',
    '...(leak !== null && { leak }),',
    '',
    'tLeakyReLU',
    RECIPES,
  ),
  fault(
    'a file forgets the slope',
    'src/io/snn-file.ts',
    "neuron === 'leaky' && { leak: slope(fields) }",
    'false',
    'files',
    RECIPES,
  ),
  fault(
    'theta of the wrong layer',
    GEOMETRY,
    ': network.layers[from]!.theta;',
    ': network.layers[0]!.theta;',
    'T18',
    [...T18, ...ORACLE],
  ),
  fault(
    'rest coding without its own theta',
    REST,
    'layer.bias[i % channels]! + own',
    'layer.bias[i % channels]!',
    'T21',
    T21,
  ),
  fault('rest coding: one neuron of a window', REST, 'pool * pool', '1', 'T21', T21),
  fault('rest coding: an identity forgotten', REST, 'window * weight[c]!', '0', 'T21', T21),
  fault('rest coding starts at 0', REST, 'initialPotential: 0.5', 'initialPotential: 0', 'T21', T21),
  fault(
    'rest coding: the first tap for all',
    REST,
    '(_, row) => {',
    '(_, row) => {\n        row = 0;',
    'T21',
    T21,
  ),
  fault('pooled charge divided once', GEOMETRY, '/ (pool * pool)', '/ pool', 'T18', T18),
];
