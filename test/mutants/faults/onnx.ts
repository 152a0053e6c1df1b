/** @file What comes from other programs and goes there: ONNX. */
import { type Fault, fault } from './fault.ts';

const PYTORCH = ['onnx/pytorch.test.ts'];
const ROUND = ['onnx/round-trip.test.ts'];
const SCALAR = ['onnx/scalar.test.ts'];
const DAMAGED = ['onnx/damaged.test.ts', 'onnx/refused.test.ts'];
const LOGITS = "PyTorch's logits";
const SAME = 'the same network after a round trip';

export const ONNX_FAULTS: readonly Fault[] = [
  fault(
    'rows of a linear layer stay in the order of the file',
    'src/onnx/import/view.ts',
    'out.set(values.subarray(from * width, (from + 1) * width) as never, to * width);',
    'out.set(values.subarray(from * width, (from + 1) * width) as never, from * width);',
    LOGITS,
    PYTORCH,
  ),
  fault(
    'the borders of a window swapped: left for bottom',
    'src/onnx/import/window.ts',
    'return [pads[0]!, pads[2]!, pads[1]!, pads[3]!];',
    'return [pads[0]!, pads[1]!, pads[2]!, pads[3]!];',
    LOGITS,
    PYTORCH,
  ),
  fault(
    'a border of zeros before a mean does not count',
    'src/onnx/import/join-steps.ts',
    'padding: border, countPadding: true',
    'padding: border, countPadding: false',
    LOGITS,
    PYTORCH,
  ),
  fault(
    'a half is forgotten where floor rounds',
    'src/onnx/import/scalar/staircase.ts',
    "kind === 'floor' ? 0.5 : 0",
    "kind === 'floor' ? 0 : 0",
    'a grid of N levels, however it is written',
    SCALAR,
  ),
  fault(
    'the second of two lines is applied first',
    'src/onnx/import/scalar/operation.ts',
    'zip(last.shift, next.scale, (a, b) => a * b)',
    'zip(last.shift, last.scale, (a, b) => a * b)',
    'lines and clips in any order',
    SCALAR,
  ),
  fault(
    'batch norms of a flattened map are written in our order',
    'src/onnx/export/flow.ts',
    'order && values.length > 1',
    'order && values.length > 1e9',
    SAME,
    ROUND,
  ),
  fault(
    'a claim of more constants than the file holds is believed',
    'src/onnx/import/constants/fold.ts',
    'if (count <= Math.max(LARGEST, given)) return;',
    'if (count <= Math.max(2 ** 29, given)) return;',
    'refused: a constant made of nothing',
    DAMAGED,
  ),
];
