/** @file Every operator that is read, and what to do instead of those that are not. */
import { type Answer, type Call, signalAt } from '../call.ts';
import { cast, dropout, flatten, reshape, same, shape, squeeze, transpose, unsqueeze } from './layout.ts';
import { averagePool, globalAveragePool, globalMaxPool, maxPool, pad, reduceMean } from './pools.ts';
import {
  add,
  clipNode,
  concat,
  dequantizeLinear,
  divide,
  extremum,
  hardSigmoid,
  leakyRelu,
  multiply,
  negated,
  pRelu,
  quantizeLinear,
  relu,
  rounding,
  subtract,
  sum,
} from './scalars.ts';
import { batchNormalization, conv, gemm, matMul } from './weights.ts';

/** By operator; at least one input depends on the image. */
export const OPERATORS: Readonly<Record<string, (call: Call) => Answer>> = {
  Add: add,
  AveragePool: averagePool,
  BatchNormalization: batchNormalization,
  Cast: cast,
  Clip: clipNode,
  Concat: concat,
  Conv: conv,
  DequantizeLinear: dequantizeLinear,
  Div: divide,
  Dropout: dropout,
  Flatten: flatten,
  Floor: rounding('floor'),
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  GlobalMaxPool: globalMaxPool,
  HardSigmoid: hardSigmoid,
  Identity: same,
  LeakyRelu: leakyRelu,
  MatMul: matMul,
  Max: extremum('max'),
  MaxPool: maxPool,
  Min: extremum('min'),
  Mul: multiply,
  Neg: negated,
  Pad: pad,
  PRelu: pRelu,
  QuantizeLinear: quantizeLinear,
  ReduceMean: reduceMean,
  Relu: relu,
  Reshape: reshape,
  Round: rounding('nearest'),
  Shape: shape,
  Squeeze: squeeze,
  Sub: subtract,
  Sum: (call) => (call.inputs.length === 1 ? { value: { signal: signalAt(call, 0) } } : sum(call)),
  Transpose: transpose,
  Unsqueeze: unsqueeze,
};

const CLIP = 'train with Hardtanh(-t, t), which becomes stReLU(t), or ReLU6, which becomes tReLU(6)';
const LOGITS = 'export the network without it: the largest logit is the same class';
const TRANSFORMER = 'only sums of weighted spikes convert: use convolutions and linear layers';
const CONTROL = 'export by tracing with fixed sizes, so that no control flow is left';
const RECURRENT = 'unroll it, or use layers without a state: the spiking neurons have their own';

/** What to use instead. */
const REMEDIES: Readonly<Record<string, string>> = {
  Sigmoid: `a neuron's answer is a clip: use Hardsigmoid, a clip of a line, or ${CLIP}`,
  Tanh: `a neuron's answer is a clip: ${CLIP}`,
  Softmax: LOGITS,
  LogSoftmax: LOGITS,
  ArgMax: LOGITS,
  Elu: CLIP,
  Selu: CLIP,
  Celu: CLIP,
  Gelu: CLIP,
  Mish: CLIP,
  Softplus: CLIP,
  Softsign: CLIP,
  Erf: CLIP,
  HardSwish: `it multiplies two values: ${CLIP}`,
  ThresholdedRelu: CLIP,
  LSTM: RECURRENT,
  GRU: RECURRENT,
  RNN: RECURRENT,
  If: CONTROL,
  Loop: CONTROL,
  Scan: CONTROL,
  Attention: TRANSFORMER,
  LayerNormalization: 'use BatchNorm2d: its statistics stay the same in inference and fold into the weights',
  InstanceNormalization:
    'use BatchNorm2d: its statistics stay the same in inference and fold into the weights',
  GroupNormalization: 'use BatchNorm2d: its statistics stay the same in inference and fold into the weights',
  LRN: 'use BatchNorm2d, or leave it out',
  LpNormalization: 'use BatchNorm2d, or leave it out',
  ConvTranspose: 'use Conv with a stride, or none: nothing here enlarges a map',
  Resize: 'nothing here enlarges a map: scale the images beforehand',
  Upsample: 'nothing here enlarges a map: scale the images beforehand',
  MaxUnpool: 'nothing here enlarges a map: leave it out',
  MaxRoiPool: 'use MaxPool with a fixed window',
  QLinearConv: 'quantise in the QDQ format: QuantizeLinear and DequantizeLinear around Conv',
  QLinearMatMul: 'quantise in the QDQ format: QuantizeLinear and DequantizeLinear around MatMul',
  ConvInteger: 'quantise in the QDQ format: QuantizeLinear and DequantizeLinear around Conv',
  MatMulInteger: 'quantise in the QDQ format: QuantizeLinear and DequantizeLinear around MatMul',
  DynamicQuantizeLinear: 'quantise statically: the scale must not depend on the image',
  Split: 'use groups of a convolution instead of parts of a map',
  Slice: 'use a convolution or a pool instead of parts of a map',
  Gather: 'use a convolution or a pool instead of parts of a map',
  Einsum: 'write it as Conv, Gemm or MatMul',
};

/** The nearest thing to do about an operator that is not read. */
export const remedyFor = (operator: string): string =>
  (Object.hasOwn(REMEDIES, operator) ? REMEDIES[operator] : undefined) ??
  'build the network of convolutions, linear layers, batch norms, clips, pools, sums and joins';
