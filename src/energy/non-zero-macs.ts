/**
 * @file The multiply-accumulates of an ANN that skips its zeros: the same network with the integers that its neurons count, of which
 * each factor 0 is passed over.
 */
import { mapSize } from '../nn/architecture.ts';
import { pooledFanOut } from '../snn/fan-out.ts';
import { type Geometry, synapseGeometry } from '../snn/geometry.ts';
import type { SpikingNetwork } from '../snn/network.ts';
import { largestOfWindows, sumWindows } from '../snn/windows.ts';

/**
 * The multiply-accumulates behind the first layer that have a factor other than 0, summed over all images. A mean over a
 * window is 0 where its sum is; what a max pool hands on is its largest value.
 * @param counts per spiking layer [images, neurons]: what each neuron sends
 * @example
 * const { record } = simulate(snn, images, { steps: 8, record: { counts: true } });
 * const sent = record.slice(0, -1).map(({ counts }) => counts);
 * nonZeroMacs(snn, sent) > 0; // true
 */
export function nonZeroMacs(network: SpikingNetwork, counts: readonly Int32Array[]): number {
  let macs = 0;
  for (const layer of network.layers)
    for (const synapses of layer.inputs) {
      if (synapses.from < 0 || synapses.kind === 'identity') continue;
      const geometry = synapseGeometry(network, layer, synapses);
      const fanOut = pooledFanOut(geometry);
      const [neurons, channels] = [mapSize(geometry.source), geometry.map[2]];
      const sent = counts[synapses.from]!;
      for (let at = 0; at < sent.length; at += neurons)
        factorsOf(geometry, sent.subarray(at, at + neurons)).forEach((factor, i) => {
          if (factor !== 0) macs += fanOut[Math.floor(i / channels)]!;
        });
    }
  return macs;
}

/** Per place of the pooled map and channel: 0 where the synapses multiply by 0. */
function factorsOf(geometry: Geometry, sent: Int32Array): Float64Array {
  const { maxPool, source } = geometry;
  const handed = maxPool
    ? largestOfWindows(maxPool, source, geometry.sent, sent, new Int32Array(mapSize(geometry.sent)))
    : sent;
  return sumWindows(geometry, handed, new Float64Array(mapSize(geometry.map)));
}
