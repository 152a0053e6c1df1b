/**
 * @file What can be taken away: the spiking network as a file, and a report of the run that is shown.
 */
import { conversionTable } from '../../convert/conversion-table.ts';
import { encodeSnn } from '../../format/snn-format.ts';
import { variantOf } from './variant.ts';
import { opened, type Workbench } from './workbench.ts';

export interface Download {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The spiking network as the sliders have it, without any fault. */
export function snnFile(bench: Workbench): Download {
  const { snn, name } = opened(bench);
  const settings = bench.run?.settings;
  const network = settings ? variantOf(snn, settings) : snn;
  return { name: `${stem(name)}.snn.safetensors`, bytes: encodeSnn(network) };
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
    .replace(/\.safetensors$/, '')
    .replace(/\.snn$/, '')
    .replace(/[^\w.-]+/g, '-') || 'network';
