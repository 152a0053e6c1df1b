/** @file int8 weights, early stop and balls on the command line: printed, and in the result file. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { saveModel } from '../../src/io/model-file.ts';
import { saveSnn } from '../../src/io/snn-file.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

interface Answers {
  readonly snn: { readonly accuracy: Record<string, number> };
  readonly weights: {
    readonly format: string;
    readonly accuracy: Record<string, number>;
    readonly referenceAccuracy: Record<string, number>;
    readonly mismatches: number;
  };
  readonly stop: {
    readonly meanSteps: number;
    readonly mismatches: number;
    readonly heuristic: boolean;
    readonly accuracy: number;
  };
  readonly ball: { readonly images: number; readonly certified: number; readonly radius: number };
}

test('simulate --weights, --stop and verify --ball: printed, and in the result file', async () => {
  await inFolder(async (path) => {
    const runtime = createRuntime();
    const architecture = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu', width: 0.25 });
    const model = createModel(runtime.heap, architecture, Random.seeded(1));
    const network = exportNetwork(model, { dataset: 'strokes', seed: 1 });
    runtime.close();
    const { snn } = convert(network, { method: 'strelu', neuron: 'half' });
    await saveModel(path('m'), network);
    await saveSnn(path('s'), snn);
    await saveSnn(path('t'), convert(network, { method: 'strelu', neuron: 'tracer' }).snn);
    const run = async (name: string, words: string[]): Promise<{ stdout: string; result: Answers }> => {
      const common = ['--limit', '20', '--steps', '2,5', '--workers', '1', '--quiet', '--json', path(name)];
      const { status, stdout, stderr } = await strelu([...words, ...common]);
      assert.equal(status, 0, stdout + stderr);
      return { stdout, result: JSON.parse(await readFile(path(name), 'utf8')) as Answers };
    };
    const [both, margin, settling, ball] = await Promise.all([
      run('1', ['simulate', path('s'), '--weights', 'int8', '--stop', 'certain']),
      run('2', ['simulate', path('s'), '--stop', 'margin', '--margin', '0']),
      run('3', ['simulate', path('t'), '--weights', 'int8-layer']),
      run('4', ['verify', path('m'), path('s'), '--ball', '1e-6']),
    ]);
    assert.equal(both.result.weights.format, 'int8 per channel');
    assert.match(both.stdout, /T {2}int8 per channel % {2}float32 % {2}points lost/);
    assert.equal(both.result.stop.mismatches, 0);
    assert.equal(both.result.stop.accuracy, both.result.weights.accuracy['5']);
    assert.match(both.stdout, /early stop \(certain\): \d\.\d\d of 5 steps on average/);

    // a lead of more than 0 is there from the first step on, but for ties
    assert.ok(margin.result.stop.heuristic && margin.result.stop.meanSteps < 2);
    assert.equal(margin.result.stop.accuracy, margin.result.snn.accuracy['5']);
    assert.match(margin.stdout, /early stop \(margin 0, a heuristic\): 1\./);
    assert.ok(!('weights' in margin.result));

    assert.equal(settling.result.weights.format, 'int8 per layer');
    assert.deepEqual(Object.keys(settling.result.weights.referenceAccuracy), ['2', '5']);

    const { radius, images, certified } = ball.result.ball;
    assert.deepEqual([radius, images], [1e-6, 20]);
    assert.ok(certified > 0 && certified <= 20);
    assert.match(ball.stdout, new RegExp(`${certified} of 20 images, \\d+ of them in their right class`));

    const refused = await strelu(['simulate', path('t'), '--stop', 'certain', '--quiet']);
    assert.equal(refused.status, 2);
    assert.match(
      refused.stderr,
      /^strelu: stop: .* in schedule streaming only, found settling; use schedule streaming$/m,
    );
  });
});
