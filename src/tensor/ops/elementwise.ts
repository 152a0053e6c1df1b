/**
 * @file What every element-wise operation does to tensors: broadcast, compute, and hand gradients back through the broadcast.
 */
import { differentiate } from '../../kernels/elementwise/differentiate.ts';
import type { Operation, Value } from '../../kernels/elementwise/operation.ts';
import { MapProgram } from '../../kernels/elementwise/program.ts';
import { broadcastRows, flatRows, type Rows } from '../../kernels/elementwise/rows.ts';
import { Traced } from '../../kernels/elementwise/traced.ts';
import type { Floats } from '../../kernels/kernels.ts';
import type { Tape, Tensor } from '../interfaces.ts';
import { broadcastShapes, type Shape, sizeOf } from '../shape.ts';
import { repeated } from './repeat.ts';
import { sumTo } from './sum-to.ts';
import { tapeOf } from './tape-of.ts';

/** y = operation(operands), broadcast to their common shape. */
export function elementwise(operation: Operation, ...operands: readonly (Tensor | number)[]): Tensor {
  const tape = tapeOf(operation.name, operands);
  const inputs = operands.map((operand) => (typeof operand === 'number' ? scalar(tape, operand) : operand));
  const shape = broadcastShapes(operation.name, ...inputs.map((x) => x.shape));
  const y = tape.result(shape, inputs);
  const programs = programsOf(operation, inputs.length);
  const { data, shapes } = readable(tape, shape, inputs);
  tape.kernels.map(programs.forward, data, [y.data], rowsOf(shape, shapes));
  const wanted = inputs.map((x) => x.needsGradient);
  tape.record(y, (dy) => {
    const { program, from } = programs.backward(wanted);
    const gradients = program.outputs.map(() => tape.scratch(y.size));
    if (gradients.length > 0)
      tape.kernels.map(program, [...data, y.data, dy], gradients, rowsOf(shape, [...shapes, shape, shape]));
    inputs.forEach((x, i) => {
      if (!wanted[i]) return;
      const source = from[i]!;
      if (source === 'none') tape.receive(x, (dx) => dx.fill(0));
      else giveBroadcast(tape, x, source === 'dy' ? dy : gradients[source]!, shape, source === 'dy');
    });
  });
  return y;
}

/** Gives `x` the gradient of its broadcast. `shared`: the buffer is not ours to give away. */
function giveBroadcast(tape: Tape, x: Tensor, gradient: Floats, shape: Shape, shared: boolean): void {
  if (x.size !== gradient.length) tape.give(x, sumTo(tape, gradient, shape, x.shape));
  else if (shared) tape.receive(x, (dx) => dx.set(gradient));
  else tape.give(x, gradient);
}

function scalar(tape: Tape, value: number): Tensor {
  const tensor = tape.tensor([]);
  tensor.data[0] = value;
  return tensor;
}

interface Readable {
  readonly data: readonly Floats[];
  readonly shapes: readonly Shape[];
}

/** The operands as the kernels take them: where rows would be too short, the broadcast ones are written out. */
function readable(tape: Tape, shape: Shape, inputs: readonly Tensor[]): Readable {
  const shapes = inputs.map((x) => x.shape);
  if (broadcastRows(shape, shapes)) return { data: inputs.map((x) => x.data), shapes };
  const size = sizeOf(shape);
  const data = inputs.map((x) =>
    x.size === 1 || x.size === size ? x.data : repeated(tape, x.data, x.shape, shape),
  );
  return { data, shapes: data.map((own, i) => (own.length === size ? shape : shapes[i]!)) };
}

function rowsOf(shape: Shape, shapes: readonly Shape[]): Rows {
  const single = shapes.map((own) => sizeOf(own) === 1 && sizeOf(shape) !== 1);
  return broadcastRows(shape, shapes) ?? flatRows(sizeOf(shape), single);
}

interface Backward {
  readonly program: MapProgram;
  /** Per input: the output of the program that is its gradient, or dy itself, or nothing. */
  readonly from: readonly (number | 'dy' | 'none')[];
}

interface Programs {
  readonly forward: MapProgram;
  backward(wanted: readonly boolean[]): Backward;
}

const known = new WeakMap<Operation, Programs>();

/** The programs of an operation, made once. Inputs of backward: the operation's own, then y and dy. */
function programsOf(operation: Operation, arity: number): Programs {
  const made = known.get(operation) ?? makePrograms(operation, arity);
  known.set(operation, made);
  return made;
}

function makePrograms(operation: Operation, arity: number): Programs {
  const inputs = Array.from({ length: arity }, (_, i) => Traced.input(i));
  const [y, dy] = [Traced.input(arity), Traced.input(arity + 1)];
  const call = Traced.of(operation, inputs);
  const variants = new Map<string, Backward>();
  const backward = (wanted: readonly boolean[]): Backward => {
    const outputs: Value[] = [];
    const from = differentiate(call, inputs, dy, y).map((gradient, i) => {
      if (!wanted[i] || !gradient) return 'none';
      return gradient === dy ? 'dy' : outputs.push(gradient) - 1;
    });
    return { program: new MapProgram(outputs), from };
  };
  return {
    forward: new MapProgram([call]),
    backward(wanted) {
      const key = wanted.map(Number).join('');
      const found = variants.get(key) ?? backward(wanted);
      variants.set(key, found);
      return found;
    },
  };
}
