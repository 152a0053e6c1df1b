/**
 * @file Steps that are one layer together: functions of one value in a row, a border before a convolution or a mean, a sum behind
 * weights that is their bias. What other steps look at as well stays as it is.
 */
import type { PadLayer } from '../../nn/architecture.ts';
import { sumOf } from '../../nn/map-window.ts';
import type { NamelessLayer, Step } from './step.ts';

type LayerStep = Step & { kind: 'layer' };
type ScalarStep = Step & { kind: 'scalar' };

/** All steps that the output needs, each behind its inputs. */
export function stepsBefore(output: Step): Step[] {
  const done = new Set<Step>();
  const stack: { readonly step: Step; next: number }[] = [{ step: output, next: 0 }];
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const input = top.step.inputs[top.next++];
    if (input === undefined) {
      done.add(top.step);
      stack.pop();
    } else if (!done.has(input)) stack.push({ step: input, next: 0 });
  }
  return [...done];
}

/** The output of the same network with fewer steps. */
export function joinSteps(output: Step): Step {
  const order = stepsBefore(output);
  const users = new Map<Step, number>();
  for (const step of order) for (const input of step.inputs) users.set(input, (users.get(input) ?? 0) + 1);
  const made = new Map<Step, Step>();
  for (const step of order) {
    const inputs = step.inputs.map((input) => made.get(input)!);
    const alone = step.inputs.length === 1 && users.get(step.inputs[0]!) === 1;
    const moved = { ...step, inputs } as Step;
    made.set(step, (alone && joined(moved, inputs[0]!)) || moved);
  }
  return made.get(output)!;
}

/** The two as one step, or null. */
function joined(step: Step, before: Step): Step | null {
  const nodes = [...before.nodes, ...step.nodes];
  if (step.kind === 'scalar' && before.kind === 'scalar')
    return { ...step, inputs: before.inputs, operations: [...before.operations, ...step.operations], nodes };
  if (step.kind === 'scalar' && before.kind === 'layer') return withBias(step, before);
  if (step.kind !== 'layer' || before.kind !== 'layer' || before.layer.kind !== 'pad') return null;
  const layer = withBorder(step.layer, before.layer);
  return layer && { ...step, inputs: before.inputs, layer, nodes };
}

/** A sum right behind weights without a bias. */
function withBias(step: ScalarStep, before: LayerStep): Step | null {
  const [first, ...rest] = step.operations;
  const { layer } = before;
  if ((layer.kind !== 'conv2d' && layer.kind !== 'linear') || layer.bias || first?.kind !== 'affine')
    return null;
  if (first.scale.some((x) => x !== 1) || rest.length > 0) return null;
  const outputs = layer.kind === 'linear' ? layer.outputs : layer.outChannels;
  const bias = Float32Array.from(
    { length: outputs },
    (_, c) => first.shift[first.shift.length === 1 ? 0 : c]!,
  );
  return {
    ...before,
    layer: { ...layer, bias: true },
    tensors: { ...before.tensors, bias },
    nodes: [...before.nodes, ...step.nodes],
  };
}

/** Zeros before a convolution are its border; before a mean they are one that counts. A maximum sees them: no border. Nor are other values. */
function withBorder(
  layer: NamelessLayer,
  { padding: border, value }: Pick<PadLayer, 'padding' | 'value'>,
): NamelessLayer | null {
  if (layer.kind === 'pad' && layer.value === value)
    return { ...layer, padding: sumOf(layer.padding, border) };
  if (value !== 0) return null;
  if (layer.kind === 'conv2d') return { ...layer, padding: sumOf(layer.padding, border) };
  const plain = layer.kind === 'avgPool' && layer.padding.every((n) => n === 0);
  return plain ? { ...layer, padding: border, countPadding: true } : null;
}
