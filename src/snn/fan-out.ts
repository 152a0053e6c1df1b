/**
 * @file The exact fan-out of a neuron: at the border of a map fewer windows of a convolution contain it.
 */
import type { MapWindow } from '../nn/map-window.ts';
import { eachTap, type Geometry, pooledMap, sourceShape, synapseGeometry, windowOfPool } from './geometry.ts';
import type { SpikingNetwork, Synapses } from './network.ts';
import { eachInWindow } from './windows.ts';

/**
 * The fan-out of one neuron of layer `from` (-1: of one pixel) for each position of its map, [height * width]. It is 0 at
 * positions that pooling drops at the edge. Synapses behind a max pool carry its spikes and not the neuron's:
 * @param maxPool the fan-out of one of these windows' spikes, over the map that they leave
 */
export function fanOut(
  network: SpikingNetwork,
  from: number,
  maxPool: MapWindow | null = null,
): Float64Array<ArrayBuffer> {
  const source = sourceShape(network, from);
  const [height, width] = maxPool ? pooledMap(source, maxPool) : source;
  const total = new Float64Array(height * width);
  for (const layer of network.layers) {
    for (const synapses of layer.inputs) {
      if (synapses.from !== from || !readsThrough(synapses, maxPool)) continue;
      const geometry = synapseGeometry(network, layer, synapses);
      const pooled = pooledFanOut(geometry);
      const { pool, map, sent } = geometry;
      for (let y = 0; y < map[0]; y++)
        for (let x = 0; x < map[1]; x++)
          eachInWindow(pool, sent, y, x, (position) => {
            total[position]! += pooled[y * map[1] + x]!;
          });
    }
  }
  return total;
}

/** Whether synapses read their source through these windows, or through none. */
function readsThrough({ maxPool: own }: Synapses, maxPool: MapWindow | null): boolean {
  if (!own || !maxPool) return !own && !maxPool;
  const { window, stride, padding } = windowOfPool(own);
  const same = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
  return same(window, maxPool.window) && same(stride, maxPool.stride) && same(padding, maxPool.padding);
}

/** The multiply-accumulates of one dense pass through the synapses: the fan-outs of all pooled inputs. */
export function denseOperations(geometry: Geometry): number {
  return pooledFanOut(geometry).reduce((sum, synapses) => sum + synapses, 0) * geometry.map[2];
}

/** The fan-out for each position of the pooled map: gaps of a dilated kernel and other groups are no synapses. */
export function pooledFanOut(geometry: Geometry): Float64Array<ArrayBuffer> {
  const { map, out, kind, groups } = geometry;
  const reached = new Float64Array(map[0] * map[1]);
  if (kind === 'identity') return reached.fill(1);
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      eachTap(geometry, y, x, (position) => {
        reached[position]! += out[2] / groups;
      });
    }
  return reached;
}
