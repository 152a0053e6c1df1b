/** @file Faults in layers of any geometry: windows, groups, max pools, concatenations. */
import { type Fault, fault } from './fault.ts';

const ENGINES = ['snn/any-geometry.test.ts'];
const CONVERTED = ['convert/any-geometry.test.ts'];
const PROOFS = ['proof/any-geometry.test.ts'];
const L22 = ['laws/l22-max-pooling.test.ts'];
const NN = ['nn/any-geometry.test.ts'];

const KERNELS = ['kernels/depthwise.test.ts'];

/** Means of few values at the border. */
const MEANS = ['convert/uneven-means.test.ts'];

const BORDERS = ['convert/border-currents.test.ts'];

export const GEOMETRY_FAULTS: readonly Fault[] = [
  fault(
    'a border gives its value to the wrong side',
    'src/nn/taps-beside.ts',
    'place >= 0 && place < map[axis]',
    'place < map[axis]',
    'L20',
    BORDERS,
  ),
  fault(
    'a border before a flatten is forgotten',
    'src/convert/fold-layers.ts',
    "    refuseFilled(name, part, 'flatten');\n",
    '',
    'L20',
    BORDERS,
  ),
  fault(
    'rest coding takes the bias of another position',
    'src/convert/transforms/rest-coding.ts',
    'layer.bias[i % layer.bias.length]!',
    'layer.bias[i % channels]!',
    'L20',
    BORDERS,
  ),
  fault(
    'a window hands on its whole count',
    'src/snn/max-pool.ts',
    'this.#largest[i]! - this.#before[i]!',
    'this.#largest[i]!',
    'L22',
    L22,
  ),
  fault(
    'the last count of a window, not the largest',
    'src/snn/windows.ts',
    'if (first || values[at + c]! > largest[to + c]!)',
    'if (first || true)',
    'L22',
    L22,
  ),
  fault(
    'SIMD: the smallest count of a window',
    'src/snn/simd/program/max-pool.ts',
    'i32x4.max_s(best[q]!',
    'i32x4.min_s(best[q]!',
    'engines',
    ENGINES,
  ),
  fault(
    'SIMD: a border wider than the kernel is read',
    'src/snn/simd/program/merge.ts',
    'i32.min_s(i32.max_s(place, 0), mapWidth)',
    'i32.min_s(place, mapWidth)',
    'engines',
    ENGINES,
  ),
  fault(
    'SIMD: channels by themselves see one row of taps',
    'src/snn/simd/program/depthwise.ts',
    'i32.add(i32.mul(ky, kernelWidth), kx)',
    'i32.add(0, kx)',
    'engines',
    ENGINES,
  ),
  fault(
    'SIMD: taps of a dilated kernel side by side',
    'src/snn/simd/program/merge.ts',
    'i32.add(left, i32.mul(kx, dilationX))',
    'i32.add(left, kx)',
    'engines',
    ENGINES,
  ),
  fault(
    'a spike reaches the outputs of all groups',
    'src/snn/fan-out.ts',
    'out[2] / groups',
    'out[2]',
    'counts',
    PROOFS,
  ),
  fault('the threshold of another group', 'src/snn/geometry.ts', 'group * own + ', '', 'L18', CONVERTED),
  fault(
    'a mean of means moves too little',
    'src/convert/fold-pool.ts',
    'stride: times(stride, pool.stride)',
    'stride',
    'L18',
    CONVERTED,
  ),
  fault(
    'a mean that leaves out its border counts it',
    'src/convert/fold-pool.ts',
    '.every((share) => share === 1) ? null : shares',
    '.every((share) => share === 1) ? null : null',
    'L18',
    CONVERTED,
  ),
  fault(
    'rectangles of uneven means lie over each other',
    'src/convert/even-parts.ts',
    'border[2] + columns.first',
    'border[2]',
    'L18',
    MEANS,
  ),
  fault(
    'vectors of a concatenation lie over each other',
    'src/convert/current-through.ts',
    'base + y * row + x * column + c',
    'y * row + x * column + c',
    'L18',
    CONVERTED,
  ),
  fault(
    'a pad layer is forgotten',
    'src/convert/current-through.ts',
    'top + border[0]',
    'top',
    'L18',
    CONVERTED,
  ),
  fault(
    'a larger window of two max pools is too small',
    'src/convert/fold-max-pool.ts',
    '(second.window[axis] - 1) * first.stride[axis]',
    '(second.window[axis] - 1)',
    'L22',
    CONVERTED,
  ),
  fault(
    'a border is counted although it should not be',
    'src/tensor/ops/pool.ts',
    'options.countPadding ?? true',
    'true',
    'forward',
    NN,
  ),
  fault(
    'depthwise: a stride leaves no gaps backward',
    'src/kernels/depthwise/maps.ts',
    'i32.eqz(i32.rem_u(met, stride))',
    'i32.eqz(0)',
    'gradient',
    KERNELS,
  ),
  fault(
    'depthwise: the last columns do not count in the weight gradient',
    'src/kernels/depthwise/weights.ts',
    'i32.sub(p.inWidth, shiftX)',
    'i32.sub(i32.sub(p.inWidth, 1), shiftX)',
    'gradient',
    KERNELS,
  ),
  fault(
    'taps in the border are counted as work',
    'src/nn/summary.ts',
    'at >= 0 && at < input[axis]',
    'at < input[axis]',
    'summary',
    NN,
  ),
];
