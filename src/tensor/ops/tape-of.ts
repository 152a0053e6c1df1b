import type { Tape, Tensor } from '../interfaces.ts';

/**
 * The tape that an operation is written on: that of its operands. Parameters belong to none and join any.
 * @throws Error when no operand has a tape, or two have different ones
 */
export function tapeOf(operation: string, operands: readonly (Tensor | number)[]): Tape {
  const tensors = operands.filter((operand) => typeof operand !== 'number');
  const tape =
    tensors.find((tensor) => tensor.tape && tensor.needsGradient)?.tape ??
    tensors.find((tensor) => tensor.tape)?.tape;
  if (!tape)
    throw new Error(
      `${operation}: expected an operand on a tape, found none; begin with tape.use(parameter)`,
    );
  if (tensors.some((tensor) => tensor.needsGradient && tensor.tape && tensor.tape !== tape))
    throw new Error(`${operation}: expected operands on one tape, found two tapes; detach() one of them`);
  return tape;
}
