/** @file Drops files: a model, pictures beside it, the spiking network that the page itself saved, and files that are none. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { decodeSnn } from '../../../src/format/snn-format.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { pngOf } from './png.ts';
import { answered, says, type Visit } from './visit.ts';

const MODEL = fileURLToPath(new URL('../../../datasets/playground/strokes.safetensors', import.meta.url));

export async function checkYours({ page, complaints }: Visit): Promise<void> {
  const digits = drawStrokes({ count: 10, seed: 3, split: 'test' });
  const pictures = Array.from({ length: digits.count }, (_, i) => ({
    name: `${digits.labels[i]}-${i}.png`,
    mimeType: 'image/png',
    buffer: pngOf(digits.images.subarray(784 * i, 784 * (i + 1)), 28, 28),
  }));
  const model = {
    name: 'mine.safetensors',
    mimeType: 'application/octet-stream',
    buffer: await readFile(MODEL),
  };
  await page.setInputFiles('#files', [model, ...pictures]);
  await says(
    page,
    'yours-says',
    /^mine\.safetensors: strelu, converted by strelu; pictures of 28 x 28 x 1, 10 classes\.$/,
  );
  await says(
    page,
    'accuracy-says',
    /^10 pictures: ANN \d+\.\d %, spiking network (9|10)0\.0 % after 8 steps\.$/,
  );
  await page.waitForSelector('#accuracy-curve svg');
  assert.ok((await page.locator('#summary li').count()) > 8);

  const report = JSON.parse((await saved(page, '#save-report')).toString());
  const bytes = await saved(page, '#save-snn');
  const snn = decodeSnn(new Uint8Array(bytes), 'mine.snn.safetensors');
  assert.equal(snn.neuron.name, 'half');
  assert.equal(report.logits.length, 80);
  const image = new Float32Array(784);
  assert.equal(simulate(snn, image, { steps: 2 }).logits.length, 20);

  await page.setInputFiles('#files', [
    { name: 'mine.snn.safetensors', mimeType: 'application/octet-stream', buffer: bytes },
  ]);
  await says(page, 'yours-says', /^mine\.snn\.safetensors: a spiking network, as it is/);
  await answered(page);
  await says(page, 'ann-says', /^–$/);

  await checkForeign(page);

  await page.setInputFiles('#files', [
    { name: 'none.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from('no network') },
  ]);
  await says(page, 'trouble', /none\.safetensors/);
  await page.selectOption('#network', 'strokes');
  await says(page, 'trouble', /^$/);
  assert.deepEqual(complaints, []);
}

async function saved(page: Page, button: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.click(button);
  return readFile(await (await download).path());
}

/** The committed files of PyTorch and of NIR's own library, and the network on the page as NIR and back. */
async function checkForeign(page: Page): Promise<void> {
  const files = fileURLToPath(new URL('../../', import.meta.url));
  await page.setInputFiles('#files', `${files}onnx/files/lenet-13.onnx`);
  await says(page, 'yours-says', /^lenet-13\.onnx: strelu, converted by strelu; pictures of 28 x 28 x 1/);
  assert.ok((await page.locator('#became li').count()) > 10);
  await says(page, 'laws-verdict', /^All 5 laws hold/);
  const bytes = await saved(page, '#save-nir');
  await page.setInputFiles('#files', `${files}nir/files/python-cnn.nir`);
  await says(
    page,
    'yours-says',
    /^python-cnn\.nir: a spiking network, as it is; pictures of 8 x 8 x 2, 5 classes/,
  );
  await says(page, 'engine-says', /^reset-to-zero/);
  await page.setInputFiles('#files', [
    { name: 'again.nir', mimeType: 'application/octet-stream', buffer: bytes },
  ]);
  await says(
    page,
    'yours-says',
    /^again\.nir: a spiking network, as it is; pictures of 28 x 28 x 1, 10 classes/,
  );
  await says(page, 'engine-says', /^half/);
  await answered(page);
}
