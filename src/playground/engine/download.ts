/**
 * @file What can be taken away: the spiking network as a file, and a report of the run that is shown.
 */
import { conversionTable } from '../../convert/conversion-table.ts';
import { InputError } from '../../errors.ts';
import { encodeModel } from '../../format/model-format.ts';
import { encodeSnn } from '../../format/snn-format.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { variantOf } from './variant.ts';
import { opened, type Workbench } from './workbench.ts';

export interface Download {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The spiking network as the sliders have it, without any fault. */
function shownNetwork(bench: Workbench): SpikingNetwork {
  const { snn } = opened(bench);
  return bench.run ? variantOf(snn, bench.run.settings) : snn;
}

/** The trained network, for the command line or for this page again. @throws InputError for a spiking network from a file */
export function modelFile(bench: Workbench): Download {
  const { name, trained } = opened(bench);
  if (!trained) throw new InputError(`${name}: expected a trained network to save, found a spiking one`);
  return { name: `${stem(name)}.safetensors`, bytes: encodeModel(trained.network) };
}

/** In strelu's own format. */
export function snnFile(bench: Workbench): Download {
  return { name: `${stem(opened(bench).name)}.snn.safetensors`, bytes: encodeSnn(shownNetwork(bench)) };
}

/** The same as a NIR graph, for other tools. */
export async function nirFile(bench: Workbench): Promise<Download> {
  const { exportNir } = await import('../../nir/export/export-nir.ts');
  const { encodeNir } = await import('../../nir/file/encode-nir.ts');
  return { name: `${stem(opened(bench).name)}.nir`, bytes: await encodeNir(exportNir(shownNetwork(bench))) };
}

/** Settings, answers and conversion as JSON: every number as the worker has it. */
export function reportFile(bench: Workbench): Download {
  const { name, report, method } = opened(bench);
  const { run } = bench;
  const content = {
    network: name,
    method,
    settings: run?.settings ?? null,
    engine: run?.result.method ?? null,
    logits: run ? [...run.result.logits] : [],
    predictions: run ? [...run.result.predictions] : [],
    spikes: run
      ? run.result.layers.slice(0, -1).map((layer) => ({ name: layer.name, perStep: [...layer.spikes] }))
      : [],
    conversion: report && conversionTable(report),
  };
  const text = JSON.stringify(content, null, 2);
  return { name: `${stem(name)}.report.json`, bytes: new TextEncoder().encode(`${text}\n`) };
}

const stem = (name: string): string =>
  name
    .replace(/\.(safetensors|onnx|nir)$/, '')
    .replace(/\.snn$/, '')
    .replace(/[^\w.-]+/g, '-') || 'network';
