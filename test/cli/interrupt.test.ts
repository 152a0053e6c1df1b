/** @file Ctrl-C is heard long before the longest work that there is has ended, and a training saves what it has. */
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { saveModel } from '../../src/io/model-file.ts';
import { saveSnn } from '../../src/io/snn-file.ts';
import { Heap } from '../../src/memory/heap.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

/** Seconds after which nothing was heard: the work takes minutes. How long it took is said: 2 at most where nothing else runs, on Deno 10. */
const UNHEARD = 60;

/** A VGG-8 with its first weights: how it answers does not matter. */
async function large(path: (name: string) => string): Promise<{ ann: string; snn: string }> {
  const heap = new Heap();
  const architecture = MODELS.vgg8([28, 28, 1], 10, { activation: 'strelu', width: 0.75 });
  const network = exportNetwork(createModel(heap, architecture, Random.seeded(1)), {
    dataset: 'strokes',
    seed: 1,
  });
  const [ann, snn] = [path('m.safetensors'), path('s.safetensors')];
  await saveModel(ann, network);
  await saveSnn(snn, convert(network).snn);
  return { ann, snn };
}

/** Sends SIGINT after a while; how long it took to end. */
async function interrupted(
  words: readonly string[],
  after: number,
): Promise<{ seconds: number; stderr: string }> {
  let sent = 0;
  const { status, stderr } = await strelu(words, {
    started: (_, child) => {
      setTimeout(() => {
        sent = performance.now();
        process.kill(child.pid!, 'SIGINT'); // what child.kill does to the status differs between runtimes
      }, 1000 * after);
    },
  });
  assert.ok(sent > 0, `over before it was interrupted: ${stderr}`);
  assert.equal(status, 130, stderr);
  return { seconds: (performance.now() - sent) / 1000, stderr };
}

test('simulating, verifying, drawing, testing within a training: heard', async (t) => {
  await inFolder(async (path) => {
    const { ann, snn } = await large(path);
    const vgg = [
      '--model',
      'vgg8',
      '--width',
      '0.75',
      '--limit',
      '64',
      '--epochs',
      '50',
      '--batch-size',
      '64',
    ];
    for (const [line, after] of [
      [['simulate', snn, '--steps', '32', '--workers', '1'], 4],
      [['verify', ann, snn, '--steps', '16', '--workers', '1'], 5],
      [['train', '--limit', '900000', '--out', path('a.safetensors')], 2],
      [['train', ...vgg, '--test-limit', '20000', '--workers', '1', '--out', path('b.safetensors')], 9],
    ] as const) {
      const { seconds, stderr } = await interrupted(line, after);
      t.diagnostic(`${line[0]} ${line[1]}: heard after ${seconds.toFixed(1)} s`);
      assert.ok(seconds < UNHEARD, `${line[0]} ${line[1]}: ${seconds.toFixed(1)} s`);
      if (line.includes('50')) assert.match(stderr, /a checkpoint of step \d+ of 50 is saved/);
    }
  });
});
