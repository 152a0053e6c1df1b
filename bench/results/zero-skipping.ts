/**
 * @file A fairer baseline than the dense ANN: the same quantised network in the same rest coding, whose multiplications by 0
 * are skipped too. It needs a multiply-accumulate where a neuron sends anything; the spiking network needs an accumulate for
 * each spike.
 */
import { convert } from '../../src/convert/convert.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { countOperations } from '../../src/energy/count-operations.ts';
import { estimateEnergy } from '../../src/energy/estimate-energy.ts';
import { ESTIMATORS } from '../../src/energy/estimators.ts';
import { networkInput } from '../../src/lab/index.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import type { Runtime } from '../../src/runtime.ts';
import { fanOut } from '../../src/snn/fan-out.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { plainSynapses } from '../../src/snn/plain-synapses.ts';
import { simulate } from '../../src/snn/simulate.ts';

/** Against an ANN that skips its zeros; both in rest coding, the SNN in the exact mode by layers (Horowitz 2014, 32 bits). */
export interface ZeroSkipping {
  readonly steps: number;
  readonly images: number;
  /** Of the dense ANN's multiply-accumulates, those with no factor 0. */
  readonly macShare: number;
  /** SNN / ANN that skips. */
  readonly energyRatio: number;
}

export function measureZeroSkipping(
  runtime: Runtime,
  trained: TrainedNetwork,
  dataset: Dataset,
  steps: number,
): ZeroSkipping {
  const { snn } = convert(trained, { neuron: 'rest' });
  const options = { steps, schedule: 'settling', engine: 'products', record: { counts: true } } as const;
  const result = simulate(snn, networkInput(dataset, 0, dataset.count, snn), { ...options, runtime });
  const counts = countOperations(snn, result);
  const sent = result.record.slice(0, -1).map((layer) => layer.counts!);
  const skipping = counts.snnMac + nonZeroMacs(snn, sent) / dataset.count;
  const { annJoule, snnJoule } = estimateEnergy(ESTIMATORS[0]!, counts);
  const macShare = skipping / counts.annMac;
  return {
    steps,
    images: dataset.count,
    macShare,
    energyRatio: snnJoule.at(-1)! / (annJoule! * macShare),
  };
}

/**
 * The multiply-accumulates behind the first layer that have a factor other than 0, summed over all images.
 * @param counts per spiking layer [images, neurons]: what each neuron sends; a pooled value is 0 where its whole window is
 */
export function nonZeroMacs(network: SpikingNetwork, counts: readonly Int32Array[]): number {
  let macs = 0;
  counts.forEach((sent, l) => {
    const [height, width, channels] = network.layers[l]!.shape;
    const synapses = fanOut(network, l);
    const reader = network.layers.flatMap(({ inputs }) => inputs).find(({ from }) => from === l);
    const pool = reader ? plainSynapses(reader).pool : 1;
    /** One window of one image: top left corner and channel. */
    const silent = (image: number, y: number, x: number, c: number): boolean => {
      for (let k = 0; k < pool * pool; k++) {
        const position = (y + Math.floor(k / pool)) * width + x + (k % pool);
        if (sent[(image * height * width + position) * channels + c] !== 0) return false;
      }
      return true;
    };
    for (let image = 0; image < sent.length / (height * width * channels); image++)
      for (let y = 0; y + pool <= height; y += pool)
        for (let x = 0; x + pool <= width; x += pool)
          for (let c = 0; c < channels; c++) if (!silent(image, y, x, c)) macs += synapses[y * width + x]!;
  });
  return macs;
}
