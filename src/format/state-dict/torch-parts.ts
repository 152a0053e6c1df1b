/**
 * @file How PyTorch's state_dict looks: tensors called PLACE.NAME, where PLACE is a module (layers.0) and NAME what the tensor is to it.
 */
import { InputError } from '../../errors.ts';
import type { StoredTensor } from '../safetensors.ts';

/** What a module is, by its tensors. */
export type TorchKind = 'conv2d' | 'linear' | 'batchNorm' | 'activation';

/** One module of a state_dict that owns tensors. */
export interface TorchModule {
  readonly name: string;
  readonly kind: TorchKind;
  /** By their name within the module. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** The modules of a file, and how many tensors they have that are not needed. */
export interface TorchModules {
  readonly modules: readonly TorchModule[];
  /** Names of the counters of batches, which only training needs. */
  readonly ignored: readonly string[];
}

const COUNTER = 'num_batches_tracked';

/** @throws InputError for a module that is none of the kinds */
export function torchModules(tensors: ReadonlyMap<string, StoredTensor>, source: string): TorchModules {
  const byName = new Map<string, Map<string, StoredTensor>>();
  const ignored: string[] = [];
  for (const key of inModuleOrder([...tensors.keys()])) {
    const dot = key.lastIndexOf('.');
    const [module, name] = dot < 0 ? ['', key] : [key.slice(0, dot), key.slice(dot + 1)];
    if (name === COUNTER) {
      ignored.push(key);
      continue;
    }
    const own = byName.get(module) ?? new Map<string, StoredTensor>();
    byName.set(module, own.set(name, tensors.get(key)!));
  }
  const modules = [...byName].map(([name, own]) => ({ name, kind: kindOf(name, own, source), tensors: own }));
  return { modules, ignored };
}

/**
 * The order of the file, unless that is the alphabet's (the package safetensors sorts so): then layers.2 comes before layers.10.
 */
function inModuleOrder(keys: readonly string[]): readonly string[] {
  const isSorted = keys.every((key, i) => i === 0 || keys[i - 1]! < key);
  return isSorted ? [...keys].sort(byNumbers) : keys;
}

function byNumbers(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i]!, right[i]!];
    const numbers = /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : 0;
    if (numbers !== 0) return numbers;
    if (x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function kindOf(name: string, own: ReadonlyMap<string, StoredTensor>, source: string): TorchKind {
  const rank = own.get('weight')?.shape.length;
  const known = (...names: string[]): boolean => [...own.keys()].every((key) => names.includes(key));
  if (own.has('running_mean') && known('weight', 'bias', 'running_mean', 'running_var')) return 'batchNorm';
  if (rank === 4 && known('weight', 'bias')) return 'conv2d';
  if (rank === 2 && known('weight', 'bias')) return 'linear';
  const [only] = own.values();
  if (own.size === 1 && only!.shape.length <= 1) return 'activation';
  const found = [...own].map(([key, { shape }]) => `${key} of ${shape.join('x') || 'one number'}`).join(', ');
  throw new InputError(
    `${source}: ${name || 'the module itself'}: expected a Conv2d, Linear, BatchNorm or a threshold, found ${found}; leave the module out, or replace it by one of these`,
  );
}
