/** @file Figures, slacks, ties and rules for equals that slip: nothing crashes, a number is merely another. */
import { type Fault, fault } from './fault.ts';

const TIGHT = ['proof/laws/tightness.test.ts'];
const RULES = ['tensor/training-rules.test.ts'];
const FIGURES = ['energy/estimators.test.ts'];
const AGAINST = ['energy/against-anns.test.ts'];
const QUANTILE = ['convert/methods/observed-threshold.test.ts'];
const INT8 = ['convert/transforms/int8.test.ts'];

export const FIGURE_FAULTS: readonly Fault[] = [
  fault('Loihi at a tenth', 'src/energy/estimators.ts', 'snnAc: 23.6 *', 'snnAc: 2.36 *', 'energy', FIGURES),
  fault('int8 at float32', 'src/energy/estimators.ts', 'snnAc: 0.03 *', 'snnAc: 0.9 *', 'energy', FIGURES),
  fault(
    'biases per place count as channels',
    'src/energy/count-operations.ts',
    '/ layer.bias.length',
    '/ layer.shape[2]',
    'energy',
    ['energy/count-operations.test.ts'],
  ),
  fault(
    'the last of equals',
    'src/nn/argmax.ts',
    'values[start + c]! > values[start + best]!',
    'values[start + c]! >= values[start + best]!',
    'ties',
    ['nn/argmax.test.ts'],
  ),
  fault(
    'smoothing over the other classes',
    'src/kernels/softmax/reference.ts',
    'smoothing / channels',
    'smoothing / (channels - 1)',
    'training',
    RULES,
  ),
  fault('dropout does not scale', 'src/tensor/ops/dropout.ts', '1 / (1 - rate)', '1', 'training', RULES),
  fault(
    'running variance biased',
    'src/tensor/ops/batch-norm.ts',
    'rows / Math.max(1, rows - 1)',
    '1',
    'training',
    RULES,
  ),
  fault(
    'rivals take the maximum',
    'src/convert/methods/observed-threshold.ts',
    'USUAL_SHARE = 0.999',
    'USUAL_SHARE = 1',
    'methods',
    QUANTILE,
  ),
  fault(
    'memory takes the median',
    'src/convert/methods/relu-memory.ts',
    'observedThreshold(layer.name, calibration)',
    'observedThreshold(layer.name, calibration, 0.5)',
    'methods',
    QUANTILE,
  ),
  fault(
    'against ANNs: the image counts twice',
    'src/energy/against-anns.ts',
    'ann.activations - traffic.image',
    'ann.activations',
    'energy',
    AGAINST,
  ),
  fault(
    'against ANNs: one value too few',
    'src/energy/against-anns.ts',
    ') * steps + 1)',
    ') * steps)',
    'energy',
    AGAINST,
  ),
  fault(
    'against ANNs: what a memory neuron takes back counts',
    'src/energy/against-anns.ts',
    'range: ratesOf(network.neuron)',
    'range: network.neuron.range',
    'energy',
    AGAINST,
  ),
  fault(
    'zeros: a mean of 0 is multiplied',
    'src/energy/non-zero-macs.ts',
    'sumWindows(geometry, handed,',
    'sumWindows(geometry, handed.map(Math.abs),',
    'energy',
    ['energy/non-zero-macs.test.ts'],
  ),
  fault(
    'zeros: those of a run that stopped early',
    'src/lab/simulate/zero-skipping.ts',
    '{ stop: _, ...options }: SimulateOptions',
    'options: SimulateOptions',
    'energy',
    ['lab/simulate/zero-skipping.test.ts'],
  ),
  fault('ties twice as wide', 'src/proof/laws/check-exact-law.ts', '2 ** -11', '2 ** -10', 'L16', TIGHT),
  fault('slack doubled', 'src/proof/laws/check-conservation.ts', '2 ** -20', '2 ** -19', 'L1', TIGHT),
  fault('rounding doubled', 'src/proof/laws/trace-layer.ts', '2 ** -24;', '2 ** -23;', 'L1', TIGHT),
  fault(
    'intervals round twice',
    'src/proof/bounds/interval-bounds.ts',
    '2 ** -24;',
    '2 ** -23;',
    'L15',
    TIGHT,
  ),
  fault(
    'a margin of sums',
    'src/snn/early-stop.ts',
    '(sums[leader]! - sum) / t, stop.margin',
    'sums[leader]! - sum, stop.margin',
    'early stop',
    ['snn/early-stop.test.ts'],
  ),
  fault('int8 to 100', 'src/convert/transforms/int8.ts', 'MOST = 127', 'MOST = 100', 'int8', INT8),
  fault(
    'int8 without fine units',
    'src/convert/transforms/int8.ts',
    'FINE = 1024',
    'FINE = 512',
    'int8',
    INT8,
  ),
];
