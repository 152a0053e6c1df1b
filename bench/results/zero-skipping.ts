/**
 * @file A fairer baseline than the dense ANN: the same quantised network in the same rest coding, whose multiplications by 0
 * are skipped too. It needs a multiply-accumulate where a neuron sends anything; the spiking network needs an accumulate for
 * each spike.
 *
 *     node bench/results/zero-skipping.ts NAME [T, default 2] [images, default 60]
 *
 * prints the energy of a pretrained network in rest coding and the exact mode by layers, against both ANNs.
 */
import { pathToFileURL } from 'node:url';
import { convert } from '../../src/convert/convert.ts';
import { countOperations } from '../../src/energy/count-operations.ts';
import { estimateEnergy } from '../../src/energy/estimate-energy.ts';
import { ESTIMATORS } from '../../src/energy/estimators.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { type DatasetName, openDataset } from '../../src/io/open-dataset.ts';
import { pretrainedFile, pretrainedFolder, readPretrained } from '../../src/io/pretrained.ts';
import { networkInput } from '../../src/lab/index.ts';
import { createRuntime } from '../../src/runtime.ts';
import { fanOut } from '../../src/snn/fan-out.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { simulate } from '../../src/snn/simulate.ts';

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
    const pool = reader?.pool ?? 1;
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

async function main(name: string, steps: number, limit: number): Promise<void> {
  const folder = await pretrainedFolder();
  const entry = (await readPretrained(folder)).find((network) => network.name === name);
  if (!entry) throw new Error(`${name}: no such network in ${folder}`);
  const trained = await loadModel(await pretrainedFile(folder, entry));
  const { snn } = convert(trained, { neuron: 'rest' });
  const dataset = await openDataset(entry.dataset as DatasetName, 'test', { limit });
  const runtime = createRuntime({ workers: 2 });
  const options = { steps, schedule: 'settling', engine: 'products', record: { counts: true } } as const;
  const result = simulate(snn, networkInput(dataset, 0, dataset.count, snn), { ...options, runtime });
  runtime.close();
  const counts = countOperations(snn, result);
  const sent = result.record.slice(0, -1).map((layer) => layer.counts!);
  const skipping = counts.snnMac + nonZeroMacs(snn, sent) / dataset.count;
  const [horowitz] = ESTIMATORS;
  const { annJoule, snnJoule } = estimateEnergy(horowitz!, counts);
  const joule = snnJoule.at(-1)!;
  const share = skipping / counts.annMac;
  console.log(`${name}, rest coding, exact mode by layers, T = ${steps}, ${dataset.count} images`);
  console.log(`energy SNN / dense ANN: ${(joule / annJoule!).toFixed(3)} (${horowitz!.name})`);
  console.log(`an ANN that skips its zeros needs ${(100 * share).toFixed(1)} % of the multiply-accumulates`);
  console.log(`energy SNN / zero-skipping ANN: ${(joule / (annJoule! * share)).toFixed(3)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [name = 'cifar-vgg8-strelu-2', steps = '2', limit = '60'] = process.argv.slice(2);
  await main(name, Number(steps), Number(limit));
}
