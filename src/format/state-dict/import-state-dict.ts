/**
 * @file The weights of a PyTorch module, its state_dict as a safetensors file, for an architecture: modules and layers are matched in
 * order by kind and shape, or by names that are given, and what is left over on either side is refused.
 */
import { InputError } from '../../errors.ts';
import { suggestion } from '../../near.ts';
import type { Architecture, TrainedNetwork } from '../../nn/architecture.ts';
import { decodeSafetensors, type StoredTensor } from '../safetensors.ts';
import { fromTorch, partsOf, type TensorPart } from './layout.ts';
import { type OwningLayer, owningLayers } from './owning-layers.ts';
import { type TorchModule, torchModules } from './torch-parts.ts';

/** How to read a state_dict. */
export interface StateDictOptions {
  /** Modules by the names of layers, for those that are not to be found by order: { conv1: 'stem.0' }. */
  readonly names?: Readonly<Record<string, string>>;
  /**
   * Thresholds that the file does not hold: t of Hardtanh(-t, t), one for all activations or one for each by its name. A threshold
   * that was trained stands in the file as a tensor by itself.
   */
  readonly theta?: number | Readonly<Record<string, number>>;
}

/** Which module became which layer. */
export interface StateDictMatch {
  readonly layer: string;
  /** The module's name in PyTorch; null: nothing of the file, a threshold that was given. */
  readonly module: string | null;
  readonly became: string;
}

/** A trained network, and where its weights come from. */
export interface StateDictImport {
  readonly network: TrainedNetwork;
  readonly matches: readonly StateDictMatch[];
  /** Tensors that only training needs: counters of batches. */
  readonly ignored: readonly string[];
}

/**
 * A trained network from PyTorch's weights.
 * @param bytes of a safetensors file with the tensors of `module.state_dict()`
 * @param source the file's name, for errors
 * @throws InputError naming the layer and the module that do not match, or a threshold that would change nothing
 * @example
 * const bytes = exportStateDict(network);
 * importStateDict(bytes, network.architecture, 'w.safetensors').network.weights.size === network.weights.size; // true
 */
export function importStateDict(
  bytes: Uint8Array<ArrayBufferLike>,
  architecture: Architecture,
  source: string,
  options: StateDictOptions = {},
): StateDictImport {
  const { tensors } = decodeSafetensors(bytes, source);
  const { modules, ignored } = torchModules(tensors, source);
  const layers = owningLayers(architecture, source);
  const left = new Set(modules);
  const weights = new Map<string, Float32Array<ArrayBufferLike>>();
  const named = namedModules(layers, modules, options, source);
  for (const owning of layers) {
    const module = named.get(owning.layer.name);
    if (module && !matches(module, owning)) throw unmatched(owning, module, left, source);
  }
  const pairs = layers.map((owning) => {
    const { layer } = owning;
    const module =
      named.get(layer.name) ??
      [...left].find((one) => ![...named.values()].includes(one) && matches(one, owning)) ??
      null;
    if (module) left.delete(module);
    return { owning, module };
  });
  const found = pairs.map(({ owning, module }): StateDictMatch => {
    const parts = partsOf(owning);
    for (const part of parts)
      weights.set(`${owning.layer.name}.${part.role}`, valuesOf(owning, part, module, left, options, source));
    const shape = parts[0]!.shape.join('x');
    return {
      layer: owning.layer.name,
      module: module?.name ?? null,
      became: `${owning.layer.kind} ${shape}`,
    };
  });
  refuseUselessTheta(pairs, options, source);
  const [extra] = left;
  if (extra)
    throw new InputError(
      `${source}: ${words(extra)} belongs to no layer of ${architecture.name}; its layers are all found, describe this one too or leave it out`,
    );
  return { network: { architecture, weights, provenance: { source: 'PyTorch' } }, matches: found, ignored };
}

/** @throws InputError for a threshold that no activation takes: the file holds it, or there is no such layer */
function refuseUselessTheta(
  pairs: readonly { readonly owning: OwningLayer; readonly module: TorchModule | null }[],
  { theta }: StateDictOptions,
  source: string,
): void {
  if (theta === undefined) return;
  const taking = pairs.filter(({ owning, module }) => owning.layer.kind === 'activation' && !module);
  const names = taking.map(({ owning }) => owning.layer.name);
  const useless = typeof theta === 'object' ? Object.keys(theta).find((name) => !names.includes(name)) : null;
  if (typeof theta === 'object' ? useless === undefined : names.length > 0) return;
  const whose = useless ? `of ${useless} ` : '';
  throw new InputError(
    `${source}: theta ${whose}would change nothing: ${names.length > 0 ? `the file lacks thresholds of ${names.join(', ')} alone` : 'the file has every threshold that the description asks for'}; leave it out`,
  );
}

/** The modules that the caller has named. */
function namedModules(
  layers: readonly OwningLayer[],
  modules: readonly TorchModule[],
  { names = {} }: StateDictOptions,
  source: string,
): Map<string, TorchModule> {
  const known = layers.map(({ layer }) => layer.name);
  return new Map(
    Object.entries(names).map(([layer, name]) => {
      if (!known.includes(layer))
        throw new InputError(`${source}: no layer ${layer} with tensors; ${suggestion(layer, known)}`);
      const module = modules.find((one) => one.name === name);
      if (module) return [layer, module];
      const all = modules.map((one) => one.name);
      throw new InputError(
        `${source}: no module ${name} with tensors for layer ${layer}; ${suggestion(name, all)}`,
      );
    }),
  );
}

/** Of one kind, every tensor of the right shape, none too many. */
function matches(module: TorchModule, owning: OwningLayer): boolean {
  if (module.kind !== owning.layer.kind) return false;
  const parts = partsOf(owning);
  if (module.kind === 'activation') return fits(onlyTensor(module), parts[0]!);
  return (
    [...module.tensors.keys()].every((name) => parts.some(({ torch }) => torch === name)) &&
    parts.every((part) => {
      const tensor = module.tensors.get(part.torch);
      return tensor ? fits(tensor, part) : part.absent !== null;
    })
  );
}

const onlyTensor = ({ tensors }: TorchModule): StoredTensor => [...tensors.values()][0]!;

/** One number may have no dimension. */
const fits = ({ shape }: StoredTensor, part: TensorPart): boolean =>
  shape.join() === part.shape.join() || (shape.length === 0 && part.shape.join() === '1');

function valuesOf(
  owning: OwningLayer,
  part: TensorPart,
  module: TorchModule | null,
  left: ReadonlySet<TorchModule>,
  { theta }: StateDictOptions,
  source: string,
): Float32Array<ArrayBuffer> {
  const { layer } = owning;
  if (!module && layer.kind === 'activation') {
    const given = typeof theta === 'object' ? theta[layer.name] : theta;
    if (given !== undefined && given > 0 && Number.isFinite(given))
      return new Float32Array(layer.thetas).fill(given);
    throw new InputError(
      `${source}: ${layer.name}: expected a threshold, found ${given ?? 'none in the file and none given'}; give theta, the t of Hardtanh(-t, t)`,
    );
  }
  if (!module) throw unmatched(owning, module, left, source);
  const tensor = layer.kind === 'activation' ? onlyTensor(module) : module.tensors.get(part.torch);
  const size = part.shape.reduce((a, b) => a * b, 1);
  if (!tensor) return new Float32Array(size).fill(part.absent!);
  const place = `${source}: ${module.name}.${part.torch} for layer ${layer.name}`;
  return fromTorch(owning, part.role, checked(tensor, part, place));
}

function unmatched(
  owning: OwningLayer,
  module: TorchModule | null,
  left: ReadonlySet<TorchModule>,
  source: string,
): InputError {
  const expected = partsOf(owning)
    .filter(({ absent }) => absent === null)
    .map(({ torch, shape }) => `${torch} of ${shape.join('x')}`)
    .join(', ');
  const same = [...left].find(({ kind }) => kind === owning.layer.kind);
  const found = module ?? same;
  return new InputError(
    `${source}: layer ${owning.layer.name} expects a ${owning.layer.kind} with ${expected}, found ${found ? words(found) : `no ${owning.layer.kind} that is left`}; correct the description, or name the module that belongs to it`,
  );
}

const words = ({ name, tensors }: TorchModule): string =>
  `${name || 'the module itself'} (${[...tensors].map(([key, { shape }]) => `${key} of ${shape.join('x') || 'one number'}`).join(', ')})`;

/** Finite floats; thresholds above 0, variances not below it. */
function checked({ data, dtype }: StoredTensor, { role }: TensorPart, place: string): Float32Array {
  if (!(data instanceof Float32Array || data instanceof Float64Array))
    throw new InputError(`${place}: expected floats, found ${dtype}; save the module in float32`);
  const values = Float32Array.from(data);
  const good = (value: number): boolean =>
    Number.isFinite(value) && (role !== 'theta' || value > 0) && (role !== 'variance' || value >= 0);
  const bad = values.findIndex((value) => !good(value));
  if (bad < 0) return values;
  const expected =
    role === 'theta' ? 'numbers above 0' : role === 'variance' ? 'numbers from 0' : 'finite numbers';
  throw new InputError(`${place}: expected ${expected}, found ${values[bad]} at ${bad}; train again`);
}
