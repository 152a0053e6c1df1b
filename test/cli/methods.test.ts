/** @file Recipes for ReLU on the command line: calibrated on training images, echoed, verified. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const TINY = ['--model', 'lenet', '--width', '0.5', '--limit', '256', '--test-limit', '20', '--quiet'];

async function succeeds(words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await strelu(words);
  assert.equal(status, 0, stderr + stdout);
  return stdout;
}

test('a network with ReLU: calibrated runs are echoed, do not depend on threads, and every law holds after them', async () => {
  await inFolder(async (path) => {
    const model = path('m.safetensors');
    await succeeds(['train', '--activation', 'relu', '--epochs', '1', '--out', model, ...TINY]);
    const calibration = ['--calibration', '6', '--calibration-steps', '5'];
    for (const [method, neuron] of [
      ['relu-balanced', 'reset-to-zero'],
      ['relu-calibrated', 'unipolar'],
    ] as const) {
      const convert = ['convert', model, '--method', method, ...calibration, '--quiet'];
      const snn = path(`${method}.safetensors`);
      const shown = await succeeds([...convert, '--out', snn, '--json', path('c.json')]);
      assert.match(shown, /^calibrated on 6 images, the spiking network run on them for T = 5$/m);
      const { config, conversion } = JSON.parse(await readFile(path('c.json'), 'utf8'));
      assert.deepEqual(
        [config.method, config.neuron, config.calibration, config['calibration-steps'], config.dataset],
        [method, neuron, 6, 5, 'strokes'],
      );
      assert.deepEqual([conversion.calibrationImages, conversion.calibrationSteps], [6, 5]);
      if (method === 'relu-balanced') {
        const again = path('again.safetensors');
        await succeeds([...convert, '--out', again, '--workers', '2']);
        assert.deepEqual(await readFile(again), await readFile(snn));
      }
      const verified = await succeeds(['verify', model, snn, '--limit', '10', '--steps', '4', '--quiet']);
      assert.match(verified, /^every law holds$/m);
    }
    const refused = await strelu(['convert', model, '--method', 'relu-max', ...calibration]);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /--calibration-steps would change nothing: method relu-max does not run/);
  });
});
