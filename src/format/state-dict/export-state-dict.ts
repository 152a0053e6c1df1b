/**
 * @file The weights of a trained network as PyTorch's state_dict in a safetensors file: modules have the names of strelu's layers,
 * tensors the names and layouts of PyTorch.
 */
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { encodeSafetensors, type StoredTensor } from '../safetensors.ts';
import { partsOf, toTorch } from './layout.ts';
import { owningLayers } from './owning-layers.ts';

/**
 * The bytes of a file for `module.load_state_dict(safetensors.torch.load_file(path))`, where the module's parts are called as the
 * layers. A threshold is called LAYER.theta.
 * @param names modules by the names of layers, where they are called otherwise: { conv1: 'layers.0' }
 * @throws InputError for a network with layers of the caller's own
 * @example
 * decodeSafetensors(exportStateDict(network), 'w').tensors.get('conv1.weight').shape; // [3, 1, 5, 5]
 */
export function exportStateDict(
  { architecture, weights }: TrainedNetwork,
  names: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, StoredTensor>();
  for (const owning of owningLayers(architecture, architecture.name)) {
    const { layer } = owning;
    const module = names[layer.name] ?? layer.name;
    for (const { role, torch, shape } of partsOf(owning)) {
      const data = toTorch(owning, role, weights.get(`${layer.name}.${role}`)!);
      tensors.set(`${module}.${torch}`, { dtype: 'F32', shape, data });
    }
    // load_state_dict asks for it
    if (layer.kind === 'batchNorm')
      tensors.set(`${module}.num_batches_tracked`, { dtype: 'I64', shape: [], data: BigInt64Array.of(0n) });
  }
  return encodeSafetensors({ tensors, metadata: { format: 'pt' } });
}
