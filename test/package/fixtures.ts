/**
 * @file What a user of the package writes, as text: a program that trains, converts and simulates, the same as a page, as a worker,
 * and a strictly typed module. The tests put these files into an empty folder that only has the package.
 */
import { work } from '../support/same-bits.ts';

/** The work as text; it uses nothing of this module. */
const WORK = work.toString();

/** On Node and Deno: `consume.mjs WORKERS DETERMINISTIC` prints a line of JSON. */
export const CONSUME: string = `import process from 'node:process';
import * as strelu from 'strelu';
import * as files from 'strelu/node';
${WORK}
const found = await work(strelu, Number(process.argv[2]), process.argv[3] === 'true');
const digits = await files.openDataset('strokes', 'test', { limit: 3 });
console.log(JSON.stringify({ ...found, images: digits.count }));
process.exit(0);
`;

/**
 * In a page, or inside a worker that the page starts (#worker): leaves `outcome`.
 * @param workerUrl an expression for the address of strelu's own threads, where the bundler does not follow them
 */
export const page = (workerUrl = 'undefined'): string => `import * as strelu from 'strelu';
${WORK}
const run = async () => {
  const isolated = globalThis.crossOriginIsolated;
  const digests = [];
  for (const workers of isolated ? [1, 3, 8] : []) digests.push((await work(strelu, workers, true, ${workerUrl})).digest);
  return { ...(await work(strelu, 2, true, ${workerUrl})), digests, isolated };
};
const failed = (error) => ({ error: String(error?.stack ?? error) });
if (typeof document === 'undefined') run().then(postMessage, (error) => postMessage(failed(error)));
else if (location.hash === '#worker') {
  const worker = new Worker(new URL('./inside.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => { globalThis.outcome = data; };
  worker.onerror = (event) => { globalThis.outcome = { error: 'worker: ' + event.message }; };
} else run().then((found) => { globalThis.outcome = found; }, (error) => { globalThis.outcome = failed(error); });
`;

export const HTML = (script: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>strelu</title><script type="module" src="${script}"></script></html>`;

/** A strict consumer: every name has a type, and the types are those of ndarray where they should be. */
export const TYPES: string = `import { createRuntime, convert, simulate, type ConvertOptions, type SimulationResult, type SpikingNetwork, Tensor, tensorView } from 'strelu';
import { loadSnn, saveSnn } from 'strelu/node';
export const options: ConvertOptions = { neuron: 'half' };
export function run(snn: SpikingNetwork, images: Float32Array): SimulationResult {
  const runtime = createRuntime({ workers: 2 });
  return simulate(snn, images, { steps: 4, runtime });
}
export const shape: readonly number[] = tensorView(new Tensor(new Float32Array(6), [2, 3])).shape;
export const files = [loadSnn, saveSnn, convert] as const;
`;
