/** @file The anatomy of a contender has the same bits by SIMD, some images at a time, and by plain loops, image by image. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { convert } from '../../../src/convert/convert.ts';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { loadModel } from '../../../src/io/model-file.ts';
import { measureAnatomy } from '../../../src/lab/compare/anatomy.ts';
import type { Contender } from '../../../src/lab/compare/contenders.ts';
import type { Setting } from '../../../src/lab/compare/setting.ts';
import { SILENT } from '../../../src/progress.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { SOURCE_FOLDER } from '../../support/source-folder.ts';

const MODEL = new URL('../datasets/pretrained/strokes-lenet-strelu.safetensors', SOURCE_FOLDER);

test('plain loops and SIMD on one thread and on two: one anatomy, and nothing stays on the heap', async () => {
  const network = await loadModel(fileURLToPath(MODEL));
  const { snn } = convert(network);
  const request = {
    contender: { schedule: 'layered' } as Contender,
    converted: { snn, plain: snn },
    network,
    images: 7,
    progress: SILENT,
  };
  const setting = { test: drawStrokes({ count: 7, seed: 1, split: 'test' }) };
  const anatomies = [];
  for (const [kernels, workers] of [
    ['reference', 1],
    ['simd', 1],
    ['simd', 2],
  ] as const) {
    const runtime = createRuntime({ kernels, workers });
    try {
      const first = await measureAnatomy({ ...setting, kernels, runtime } as Setting, request);
      const { used } = runtime.heap;
      anatomies.push(first, await measureAnatomy({ ...setting, kernels, runtime } as Setting, request));
      assert.equal(runtime.heap.used, used);
    } finally {
      runtime.close();
    }
  }
  for (const anatomy of anatomies) assert.deepEqual(anatomy, anatomies[0]);
  assert.equal(anatomies[0]![0]!.images, 7);
});
