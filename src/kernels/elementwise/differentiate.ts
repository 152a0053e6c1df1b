/**
 * @file The chain rule over an expression, backwards: from dy to an expression for every dx.
 */
import type { Value } from './operation.ts';
import { Traced } from './traced.ts';

/** All calls under an output, each after its arguments. */
function callsUnder(output: Value): Value[] {
  const seen = new Set<Value>();
  const order: Value[] = [];
  const visit = (value: Value): void => {
    if (seen.has(value)) return;
    seen.add(value);
    value.operands.forEach(visit);
    if (value.operation) order.push(value);
  };
  visit(output);
  return order;
}

/**
 * The gradients of `output` for its inputs, null where it does not depend on one.
 * @param inputs what `output` is an expression of
 * @param result stands for the value of `output`, where that is already known
 * @throws Error when an operation on the way has no slope
 */
export function differentiate(
  output: Value,
  inputs: readonly Value[],
  dy: Value,
  result: Value = output,
): (Value | null)[] {
  const gradients = new Map<Value, Value>([[output, dy]]);
  const give = (to: Value, gradient: Value): void => {
    const other = gradients.get(to);
    gradients.set(to, other ? other.add(gradient) : gradient);
  };
  for (const call of callsUnder(output).toReversed()) {
    const d = gradients.get(call);
    if (!d) continue;
    slopesTimes(call, call === output ? result : call, d).forEach((gradient, i) => {
      if (gradient) give(call.operands[i]!, gradient);
    });
  }
  return inputs.map((input) => gradients.get(input) ?? null);
}

/** The gradients of one call's arguments. */
function slopesTimes(call: Value, y: Value, dy: Value): (Value | null)[] {
  const { slopes, formula, name } = call.operation!;
  if (slopes) {
    return slopes(y, ...call.operands).map((slope) => {
      if (slope === 0) return null;
      if (slope === 1) return dy;
      return slope === -1 ? dy.neg() : dy.mul(slope);
    });
  }
  if (!formula) throw new Error(`${name}: has no slope, no gradient flows through it`);
  // Fresh arguments, so that one that is given twice is told apart.
  const own = call.operands.map((_, i) => Traced.input(i));
  const parts = differentiate(formula(...own), own, dy);
  return parts.map((part) => part && substitute(part, own, call.operands));
}

/** The expression with some values in the place of others. */
function substitute(value: Value, from: readonly Value[], to: readonly Value[]): Value {
  const done = new Map<Value, Value>(from.map((one, i) => [one, to[i]!]));
  const visit = (one: Value): Value => {
    const known = done.get(one);
    if (known) return known;
    const made = one.operation ? Traced.of(one.operation, one.operands.map(visit)) : one;
    done.set(one, made);
    return made;
  };
  return visit(value);
}
