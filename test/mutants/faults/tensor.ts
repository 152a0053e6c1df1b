/** @file Tensors: element-wise operations and their slopes, broadcasting, reductions, windows, optimizers. */
import { type Fault, fault } from './fault.ts';

const SIMD = ['kernels/elementwise/simd.test.ts'];
const ULPS = ['kernels/elementwise/accuracy.test.ts'];
const REDUCE = ['kernels/reduce.test.ts'];
const GRADIENTS = ['tensor/gradients.test.ts'];
const TORCH = ['tensor/torch.test.ts'];
const TENSOR = ['tensor/tensor.test.ts'];
const OPTIMIZERS = ['optimizers/torch.test.ts'];
const ELEMENTWISE = 'src/kernels/elementwise';
const OPS = 'src/tensor/ops';

export const TENSOR_FAULTS: readonly Fault[] = [
  fault(
    'exp: a digit of a coefficient',
    `${ELEMENTWISE}/operations/exp.ts`,
    '0.16666521',
    '0.16666721',
    'exp within 1 ulp',
    ULPS,
  ),
  fault(
    'log: no subnormal numbers',
    `${ELEMENTWISE}/operations/log.ts`,
    'x.mul(2 ** 23)',
    'x',
    'log within 1 ulp',
    ULPS,
  ),
  fault(
    'tanh: its slope',
    `${ELEMENTWISE}/operations/tanh.ts`,
    'y.square().neg().add(1)',
    'y.square().neg()',
    'gradients',
    GRADIENTS,
  ),
  fault(
    'div: the slope of the divisor',
    `${ELEMENTWISE}/operations/div.ts`,
    'y.div(b).neg()',
    'y.div(b)',
    'gradients',
    GRADIENTS,
  ),
  fault(
    'chain rule: a value used twice',
    `${ELEMENTWISE}/differentiate.ts`,
    'other ? other.add(gradient) : gradient',
    'gradient',
    'gradients',
    GRADIENTS,
  ),
  fault(
    'SIMD: the second vector shares its registers',
    `${ELEMENTWISE}/simd-steps.ts`,
    'vector === 0 || shared.has(r)',
    'vector >= 0 || shared.has(r)',
    'simd = plain',
    SIMD,
  ),
  fault(
    'SIMD: a pair of vectors beyond the end',
    `${ELEMENTWISE}/simd-map.ts`,
    '16 * VECTORS - 1',
    '15',
    'simd = plain',
    SIMD,
  ),
  fault(
    'SIMD: a mask as a number',
    `${ELEMENTWISE}/simd-steps.ts`,
    'v128.and(local, f32x4Constant(1))',
    'local',
    'simd = plain',
    SIMD,
  ),
  fault(
    'rows: an axis that is broadcast is walked',
    `${ELEMENTWISE}/rows.ts`,
    'run.moves[i] ? stride : 0',
    'stride',
    'NumPy broadcasting',
    ['tensor/tensor.test.ts', 'kernels/elementwise/simd.test.ts'],
  ),
  fault(
    'broadcast gradients are not summed',
    `${OPS}/sum-to.ts`,
    'own === 1 && length !== 1',
    'own === 1 && length > 2',
    'gradients',
    GRADIENTS,
  ),
  fault(
    'reduce: the last chunk is forgotten',
    'src/kernels/reduce/simd.ts',
    'c < chunks; c++',
    'c < chunks - 1; c++',
    'simd = plain',
    REDUCE,
  ),
  fault(
    'max: equal values each take all',
    `${OPS}/reduce.ts`,
    'mul(dy0.div(count0))',
    'mul(dy0)',
    'PyTorch',
    TORCH,
  ),
  fault(
    'variance: no correction',
    `${OPS}/reduce.ts`,
    'countOf(x, over) - correction',
    'countOf(x, over)',
    'PyTorch',
    TORCH,
  ),
  fault(
    'matmul: a batch that is broadcast',
    `${OPS}/matmul.ts`,
    'sumTo(tape, wide, [...batch, k, n], b.shape)',
    'wide.subarray(0, b.size)',
    'gradients',
    GRADIENTS,
  ),
  fault(
    'windows: dilation is forgotten',
    `${OPS}/window.ts`,
    'k * axis.dilation - axis.before',
    'k - axis.before',
    'PyTorch',
    TORCH,
  ),
  fault(
    'maxPool: all equal ones get the gradient',
    `${OPS}/pool.ts`,
    'a.equal(b).where(0, d)',
    'd',
    'the first of equal ones',
    TORCH,
  ),
  fault(
    'slice: from the end',
    `${OPS}/slice.ts`,
    'bound < 0 ? bound + length : bound',
    'bound',
    'NumPy slices',
    TENSOR,
  ),
  fault(
    'noGrad: stays off after an error',
    'src/tensor/tape.ts',
    '} finally {\n      this.#recording = before;',
    '} finally {\n      this.#recording ||= false;',
    'noGrad',
    TENSOR,
  ),
  fault(
    'tapes: two are mixed',
    `${OPS}/tape-of.ts`,
    'tensor.tape !== tape',
    'tensor.tape === null',
    'one tape',
    TENSOR,
  ),
  fault(
    'AdamW: the step begins at 0',
    'src/optimizers/adam.ts',
    '      this.steps++;\n      const',
    '      const',
    'PyTorch',
    OPTIMIZERS,
  ),
  fault(
    'Muon: no Newton-Schulz',
    'src/optimizers/muon.ts',
    'i < iterations',
    'i < 1',
    'singular values near 1',
    ['optimizers/optimizers.test.ts'],
  ),
];
