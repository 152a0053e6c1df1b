/**
 * @file The exact fan-out of a neuron: at the border of a map fewer windows of a convolution contain it.
 */
import { eachTap, type Geometry, synapseGeometry } from './geometry.ts';
import type { SpikingNetwork } from './network.ts';

/**
 * The fan-out of one neuron of layer `from` (-1: of one pixel) for each position of its map, [height * width]. It is 0 at
 * positions that pooling drops at the edge.
 */
export function fanOut(network: SpikingNetwork, from: number): Float64Array<ArrayBuffer> {
  const shape = from < 0 ? network.input : network.layers[from]!.shape;
  const total = new Float64Array(shape[0] * shape[1]);
  for (const layer of network.layers) {
    for (const synapses of layer.inputs) {
      if (synapses.from !== from) continue;
      const geometry = synapseGeometry(network, layer, synapses);
      const pooled = pooledFanOut(geometry);
      const { pool, map } = geometry;
      for (let y = 0; y < map[0] * pool; y++)
        for (let x = 0; x < map[1] * pool; x++) {
          total[y * shape[1] + x]! += pooled[Math.floor(y / pool) * map[1] + Math.floor(x / pool)]!;
        }
    }
  }
  return total;
}

/** The multiply-accumulates of one dense pass through the synapses: the fan-outs of all pooled inputs. */
export function denseOperations(geometry: Geometry): number {
  return pooledFanOut(geometry).reduce((sum, synapses) => sum + synapses, 0) * geometry.map[2];
}

/** The fan-out for each position of the pooled map. */
function pooledFanOut(geometry: Geometry): Float64Array<ArrayBuffer> {
  const { map, out, kind } = geometry;
  const reached = new Float64Array(map[0] * map[1]);
  if (kind === 'identity') return reached.fill(1);
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      eachTap(geometry, y, x, (position) => {
        reached[position]! += out[2];
      });
    }
  return reached;
}
