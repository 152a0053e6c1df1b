/**
 * @file The small network of the playground, from a trained model's file: its weights as float16, and its line in the list beside it.
 *
 *     npm run strelu -- train --dataset strokes --model lenet --width 0.75 --levels 2 --spike-penalty 0.2 --epochs 6 --ema 0.98 --seed 1 --out runs/strokes.safetensors
 *     node scripts/playground-network.ts runs/strokes.safetensors
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawStrokes } from '../src/data/strokes.ts';
import { decodeModel, encodeModel } from '../src/format/model-format.ts';
import { loadModel } from '../src/io/model-file.ts';
import { evaluateNetwork } from '../src/lab/evaluate-network.ts';
import { createRuntime } from '../src/runtime.ts';
import { ROOT } from './compile.ts';

const path = process.argv[2];
if (!path) {
  console.error('playground-network: expected the file of a trained model, found none');
  process.exit(2);
}
const bytes = encodeModel(await loadModel(path), { halfWeights: true });
const runtime = createRuntime();
const digits = drawStrokes({ count: 2000, seed: 1, split: 'test' });
const { accuracy } = await evaluateNetwork(runtime, decodeModel(bytes, path), digits);
runtime.close();
const network = {
  name: 'strokes',
  file: 'strokes.safetensors',
  bytes: bytes.length,
  dataset: 'strokes',
  accuracy,
};
const folder = join(ROOT, 'datasets', 'playground');
writeFileSync(join(folder, network.file), bytes);
writeFileSync(join(folder, 'index.json'), `${JSON.stringify({ networks: [network] }, null, 2)}\n`);
console.log(`${network.file}: ${bytes.length} bytes, ${accuracy} % of ${digits.count} test digits`);
