/**
 * @file What a user of the package writes, as text: a program that trains, converts and simulates, the same as a page, as a worker,
 * and a strictly typed module. The tests put these files into an empty folder that only has the package.
 */

/** Trains on 200 drawn digits, converts, simulates; the digest is of every weight and every logit. */
const WORK = `
export async function work(strelu, workers, deterministic, workerUrl) {
  const { createBatches, createModel, createRuntime, convert, drawStrokes, exportNetwork, MODELS, Random, simulate, train, TRAIN_DEFAULTS } = strelu;
  const runtime = createRuntime({ workers, deterministic, ...(workerUrl && { workerUrl }) });
  const digits = {
    train: drawStrokes({ count: 256, seed: 1, split: 'train' }),
    test: drawStrokes({ count: 64, seed: 1, split: 'test' }),
  };
  const architecture = MODELS.lenet(digits.train.shape, 10, { activation: 'strelu', width: 0.5 });
  const model = createModel(runtime.heap, architecture, Random.seeded(1));
  for (const event of train(runtime, model, digits, { ...TRAIN_DEFAULTS, epochs: 1, batchSize: 32 })) {
    if (event.step % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const network = exportNetwork(model, {});
  const { snn } = convert(network, { neuron: 'half' });
  const images = new Float32Array(8 * 28 * 28);
  createBatches(digits.test, { batchSize: 8, seed: 1, shuffle: false }).fill(0, 0, images, new Uint8Array(8));
  const { logits } = simulate(snn, images, { steps: 4, runtime });
  const lanes = runtime.team.lanes;
  // A thread joins when it is up: on a busy machine that may be after all this work is done.
  for (let i = 0; i < 200 && runtime.team.helpers < lanes - 1; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    simulate(snn, images, { steps: 4, runtime });
  }
  const { helpers } = runtime.team;
  runtime.close();
  let hash = 2166136261;
  for (const array of [...network.weights.values(), logits])
    for (const byte of new Uint8Array(Float32Array.from(array).buffer)) hash = Math.imul(hash ^ byte, 16777619);
  return { digest: (hash >>> 0).toString(16).padStart(8, '0'), lanes, helpers, finite: logits.every(Number.isFinite) };
}
`;

/** On Node and Deno: `consume.mjs WORKERS DETERMINISTIC` prints a line of JSON. */
export const CONSUME: string = `import process from 'node:process';
import * as strelu from 'strelu';
import * as files from 'strelu/node';
${WORK.replace('export ', '')}
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
${WORK.replace('export ', '')}
const run = async () => ({ ...(await work(strelu, 2, true, ${workerUrl})), isolated: globalThis.crossOriginIsolated });
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
export const TYPES: string = `import { createRuntime, convert, simulate, type ConvertOptions, type SimulationResult, type SpikingNetwork, Tensor } from 'strelu';
import { loadSnn, saveSnn } from 'strelu/node';
export const options: ConvertOptions = { neuron: 'half' };
export function run(snn: SpikingNetwork, images: Float32Array): SimulationResult {
  const runtime = createRuntime({ workers: 2 });
  return simulate(snn, images, { steps: 4, runtime });
}
export const shape: readonly number[] = new Tensor(new Float32Array(6), [2, 3]).view.shape;
export const files = [loadSnn, saveSnn, convert] as const;
`;
