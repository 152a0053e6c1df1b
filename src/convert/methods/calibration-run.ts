/**
 * @file Runs the first layers of a spiking network on calibration images and looks at what the last of them received or
 * sent. Images go through in portions, so that little is held at once.
 */
import { mapSize } from '../../nn/architecture.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import type { LayerRecord } from '../../snn/simulation.ts';
import type { RunCalibration } from '../method.ts';

/** Records of a portion take at most this much, unless one image needs more. */
const PORTION_BYTES = 2 ** 26;
const PORTION_IMAGES = 16;

/** Stands behind layer l: reads nothing. */
const SILENT: SpikingLayer = {
  name: 'readout',
  shape: [1, 1, 1],
  theta: new Float32Array(0),
  bias: new Float32Array(1),
  inputs: [],
};

/**
 * Layers 0..l over T steps; `see` gets layer l's record of each portion of images.
 * @param record currents: every I_t, [images, steps, neurons]; counts: N after T steps, [images, neurons]
 */
export function runUpTo(
  network: SpikingNetwork,
  l: number,
  { images, steps, engine }: RunCalibration,
  record: 'currents' | 'counts',
  see: (record: LayerRecord) => void,
): void {
  const layers = [...network.layers.slice(0, l + 1), SILENT];
  const pixels = mapSize(network.input);
  const bytes = 4 * mapSize(network.layers[l]!.shape) * (record === 'currents' ? steps : 1);
  const portion = Math.max(1, Math.min(PORTION_IMAGES, Math.floor(PORTION_BYTES / bytes)));
  for (let from = 0; from < images.length; from += portion * pixels) {
    const result = simulate(
      { ...network, classes: 1, layers },
      images.subarray(from, from + portion * pixels),
      { steps, schedule: 'layered', record: { [record]: true, layers: [l] }, ...engine },
    );
    see(result.record[l]!);
  }
}
