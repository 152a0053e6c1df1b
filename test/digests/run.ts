/**
 * @file `npm run digests`: SHA-256 digests of what the program computes, compared with digests.json. A change that only moves or renames
 * must leave every one as it is. Tensors are digested by name and content, so that a new file format changes nothing here.
 *
 * Covered: weights trained on strokes and on MNIST (LeNet), converted tensors of every conversion method and neuron, the dyadic
 * grid and int8, spike counts and logits of every neuron on 200 images by every engine, kernel set and schedule that it has.
 * Digests hold for one kind of runtime (Node 24, relaxed SIMD). MNIST is looked for in $STRELU_DATASETS.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flag } from '../../src/terminal/options.ts';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { conversions, type Simulations, simulations, train } from './computed.ts';

const LIST = fileURLToPath(new URL('./digests.json', import.meta.url));

/** A digest of arrays by name: their types, lengths and bytes. */
function digest(arrays: ReadonlyMap<string, ArrayBufferView & ArrayLike<number>>): string {
  const hash = createHash('sha256');
  for (const [name, array] of [...arrays].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}:${array.constructor.name}:${array.length};`);
    hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return hash.digest('hex').slice(0, 32);
}

function put(found: Map<string, string>, name: string, arrays: Parameters<typeof digest>[0]): void {
  found.set(name, digest(arrays));
  console.error(`${found.get(name)}  ${name}`);
}

async function compute(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const folder = mkdtempSync(join(tmpdir(), 'strelu-digests-'));
  try {
    for (const dataset of ['strokes', 'mnist'] as const) {
      for (const activation of ['strelu', 'trelu', 'tleaky-relu', 'relu', 'qcfs'] as const) {
        const network = await train(
          dataset,
          activation,
          join(folder, `${dataset}-${activation}.safetensors`),
        );
        put(found, `trained ${dataset} lenet ${activation}`, network.weights);
        const images: Simulations = await simulations(dataset);
        for (const { name, snn, tensors } of await conversions(network, dataset)) {
          put(found, `converted ${dataset} ${name}`, tensors);
          for (const [how, arrays] of images(snn)) put(found, `simulated ${dataset} ${name}, ${how}`, arrays);
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}

const { values } = toolOptions({
  name: 'digests',
  says: [
    'Compares SHA-256 digests of what the program computes with test/digests/digests.json; status 1 where',
    'one differs. MNIST is looked for in $STRELU_DATASETS.',
  ],
  options: { write: flag('make the list anew') },
});
const found = await compute();
if (values.write) {
  writeFileSync(LIST, `${JSON.stringify(Object.fromEntries(found), null, 1)}\n`);
  console.log(`${found.size} digests written`);
} else {
  if (!existsSync(LIST)) throw new Error(`expected ${LIST}; make it with --write`);
  const expected = JSON.parse(readFileSync(LIST, 'utf8')) as Record<string, string>;
  const names = new Set([...Object.keys(expected), ...found.keys()]);
  const bad = [...names].filter((name) => expected[name] !== found.get(name));
  for (const name of bad)
    console.log(`${name}: expected ${expected[name] ?? 'none'}, found ${found.get(name) ?? 'none'}`);
  console.log(`${names.size} digests, ${bad.length} differ`);
  if (bad.length > 0) process.exitCode = 1;
}
