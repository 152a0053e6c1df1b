/**
 * @file Runs the first layers of a spiking network on calibration images, and records what the last of them received or sent.
 * Images go through in portions, so that little memory is needed.
 */
import { mapSize } from '../../nn/architecture.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import type { LayerRecord } from '../../snn/simulation.ts';
import type { RunCalibration } from '../calibration.ts';

/** The records of a portion take at most this much memory, unless one image needs more. */
const PORTION_BYTES = 2 ** 26;
/** A portion has at most this many images. */
const PORTION_IMAGES = 16;

/** A readout that reads nothing: every network must end in one. */
const SILENT: SpikingLayer = {
  name: 'readout',
  shape: [1, 1, 1],
  theta: new Float32Array(0),
  bias: new Float32Array(1),
  inputs: [],
};

/**
 * Runs layers 0..l over T steps; `see` is called with layer l's record of each portion of images.
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
