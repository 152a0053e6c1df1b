/**
 * @file From steps to layers: what lies between a fork and the step where its branches meet again becomes a residual block or a
 * join, and everything else a chain. Steps that belong to two branches have no place in such a network and are refused.
 */
import { InputError } from '../../errors.ts';
import type { Layer, ResidualLayer } from '../../nn/architecture.ts';
import type { Namer } from '../../nn/layers.ts';
import { namer } from '../../nn/sequential.ts';
import { stepsBefore } from './join-steps.ts';
import { type NodePlace, refuse } from './place.ts';
import { layersOf } from './scalar/activation.ts';
import type { Step } from './step.ts';

export interface Nested {
  readonly layers: readonly Layer[];
  readonly weights: ReadonlyMap<string, Float32Array<ArrayBufferLike>>;
  /** The layers that each node became. */
  readonly became: ReadonlyMap<NodePlace, readonly string[]>;
}

/** Blocks inside blocks, at most. */
const DEEPEST = 64;

/** Layer names by kind, as `sequential` counts them. */
const WORDS: Readonly<Record<string, string>> = {
  conv2d: 'conv',
  batchNorm: 'norm',
  activation: 'act',
  avgPool: 'pool',
  maxPool: 'pool',
};

/**
 * @param most values that the layers may hold
 * @throws InputError for branches that do not part and meet again
 */
export function nestLayers(output: Step, most: number, source: string): Nested {
  const order = stepsBefore(output);
  const forks = forksOf(order);
  const name = namer();
  const weights = new Map<string, Float32Array<ArrayBufferLike>>();
  const became = new Map<NodePlace, string[]>();
  const used = new Set<Step>();
  let left = most;

  const note = (step: Step, names: readonly string[]): void => {
    for (const place of step.nodes) became.set(place, [...(became.get(place) ?? []), ...names]);
  };

  /** The layers from one step, without it, to another. */
  function chain(from: Step, to: Step, depth: number): Layer[] {
    const steps: Step[] = [];
    for (let at = to; at !== from; at = forks.get(at)!) steps.push(at);
    return steps.reverse().flatMap((step) => layersOfStep(step, depth));
  }

  function layersOfStep(step: Step, depth: number): Layer[] {
    if (used.has(step))
      refuse(
        step.nodes[0]!,
        'its output goes into two branches that meet in different places',
        'only branches that part and meet again can be converted: residual blocks and joins',
      );
    used.add(step);
    if (depth > DEEPEST)
      throw new InputError(
        `${source}: expected at most ${DEEPEST} blocks in one another, found more; use a flatter network`,
      );
    if (step.kind === 'input') return [];
    if (step.kind !== 'layer' && step.kind !== 'scalar') return [block(step, depth + 1)];
    const made = step.kind === 'layer' ? [step] : layersOf(step.operations, step.channels, step.nodes[0]!);
    const layers = made.map(({ layer, tensors }) => {
      const named = { ...layer, name: name(WORDS[layer.kind] ?? layer.kind) } as Layer;
      for (const [role, data] of Object.entries(tensors)) weights.set(`${named.name}.${role}`, data);
      left -= Object.values(tensors).reduce((sum, { length }) => sum + length, 0);
      if (left < 0)
        refuse(step.nodes[0]!, 'it takes more numbers than the file holds', 'export the network again');
      return reordered(named);
    });
    note(
      step,
      layers.map((layer) =>
        layer.kind === 'activation' ? `${layer.name} (${layer.activation})` : layer.name,
      ),
    );
    return layers;
  }

  function block(step: Step, depth: number): Layer {
    const fork = forks.get(step)!;
    const branches = step.inputs.map((input) => chain(fork, input, depth));
    if (step.kind === 'concat') return finish(step, { kind: 'concat', name: name('concat'), branches });
    return finish(step, sumOf(step, branches, name));
  }

  function finish<L extends Layer>(step: Step, layer: L): L {
    note(step, [layer.name]);
    return layer;
  }

  const image = order.find(({ kind }) => kind === 'input');
  if (!image)
    throw new InputError(`${source}: the output does not depend on the image; export the network again`);
  const layers = chain(image, output, 0);
  return { layers, weights, became };
}

/** kind and name first, as every layer is written. */
const reordered = ({ kind, name, ...rest }: Layer): Layer => ({ kind, name, ...rest }) as Layer;

/** The branch with more in it is the body. */
function sumOf(step: Step, branches: readonly (readonly Layer[])[], name: Namer): ResidualLayer {
  const [body = [], shortcut = [], ...more] = branches;
  if (branches.length < 2 || branches.filter((branch) => branch.length === 0).length > 1)
    return refuse(step.nodes[0]!, 'a map is added to itself', 'scale its weights by 2');
  const [long, short] = body.length >= shortcut.length ? [body, shortcut] : [shortcut, body];
  const sum: ResidualLayer = { kind: 'residual', name: name('residual'), body: long, shortcut: short };
  const [next, ...others] = more;
  if (!next) return sum;
  return sumOf(step, [[sum], next, ...others], name);
}

/** For each step the last one that every way to it passes. */
function forksOf(order: readonly Step[]): ReadonlyMap<Step, Step> {
  const position = new Map(order.map((step, i) => [step, i]));
  const forks = new Map<Step, Step>();
  for (const step of order) {
    const [first, ...others] = step.inputs;
    if (!first) continue;
    let fork = first;
    for (let other of others)
      while (fork !== other)
        if (position.get(fork)! > position.get(other)!) fork = forks.get(fork)!;
        else other = forks.get(other)!;
    forks.set(step, fork);
  }
  return forks;
}
