/**
 * @file Learns from images of one's own: a table that is dropped, a folder of pictures that is dropped, the same folder by its button, a
 * table with a fault, and MNIST where this machine has it. What comes of it is tried, broken and saved.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { decodeModel } from '../../../src/format/model-format.ts';
import { decodeSnn } from '../../../src/format/snn-format.ts';
import { pixelsOf } from '../../support/write-pictures.ts';
import { pngOf } from './png.ts';
import { answered, says, type Visit } from './visit.ts';

/** Percent of test pictures at which a training has shown what it should; the page ends it after a minute by itself. */
const ENOUGH = 85;
const PATIENCE_MS = 150_000;
const CLASSES = ['low', 'middle', 'top'];
const STYLE = { height: 14, width: 14, channels: 1 } as const;

export async function checkOwnData(one: Visit): Promise<void> {
  await checkTable(one.page);
  await checkFolder(one);
  await checkFaulty(one);
}

/** A folder of pictures, dropped as a whole and then chosen by its button. */
export async function checkFolder({ page, context }: Pick<Visit, 'page' | 'context'>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-playground-'));
  try {
    for (const [c, name] of CLASSES.entries()) {
      await mkdir(join(folder, 'thirds', name), { recursive: true });
      for (let i = 0; i < 30; i++)
        await writeFile(join(folder, 'thirds', name, `${i}.png`), pngOf(pixelsOf(c, i, STYLE), 14, 14));
    }
    await writeFile(join(folder, 'thirds', '.hidden'), 'x');
    await page.locator('#train-drop').scrollIntoViewIfNeeded();
    const box = (await page.locator('#train-drop').boundingBox())!;
    const devtools = await context.newCDPSession(page);
    const data = { items: [], files: [join(folder, 'thirds')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, x: box.x + 12, y: box.y + 12, data });
    await says(
      page,
      'data-says',
      /^folder:thirds: 90 images of 3 classes \(low, middle, top\); 72 to learn from and 18 to test with, divided by the seed; 14 x 14 x 1\.$/,
    );
    await page.fill('#train-size', '12x13');
    await page.locator('#train-size').press('Tab');
    await says(page, 'data-says', /12 x 13 x 1, brought to 12x13\.$/);
    await trained(page, 12);
    assert.match((await page.textContent('#label-says'))!, /^A test picture: (low|middle|top)\.$/);
    await page.fill('#train-size', '');
    await page.setInputFiles('#train-folder', join(folder, 'thirds'));
    await says(page, 'data-says', /^folder:thirds: 90 images .* 14 x 14 x 1\.$/);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is wrong is told with its line and column; then the same place takes what is right. */
async function checkFaulty({ page, complaints }: Visit): Promise<void> {
  await dropText(page, 'broken.csv', 'label,a,b,c,d\ncat,1,2,3,4\ndog,1,2,x,4\n');
  await says(page, 'trouble', /^broken\.csv: line 3, column 4: expected a pixel value, .*, found "x"/);
  assert.equal(await page.inputValue('#train-from'), 'strokes');
  await page.setInputFiles('#train-files', idxFiles());
  await says(
    page,
    'data-says',
    /^idx:files: 6 images of 2 classes; 4 to learn from and 2 to test with; 2 x 2 x 1\.$/,
  );
  await says(page, 'trouble', /^$/);
  assert.deepEqual(complaints, []);
}

/** Four images of 2 x 2 to learn from and two to test with, as MNIST's files have them. */
function idxFiles(): { name: string; mimeType: string; buffer: Buffer }[] {
  const file = (
    name: string,
    shape: readonly number[],
  ): { name: string; mimeType: string; buffer: Buffer } => {
    const [, ...pixels] = shape; // none: labels
    const values = Array.from(
      { length: shape.reduce((a, b) => a * b) },
      (_, i) => (i % 2) * (pixels.length > 0 ? 255 : 1),
    );
    const head = [0, 0, 8, shape.length, ...shape.flatMap((length) => [0, 0, 0, length])];
    return { name, mimeType: 'application/octet-stream', buffer: Buffer.from([...head, ...values]) };
  };
  return [
    file('train-images-idx3-ubyte', [4, 2, 2]),
    file('train-labels-idx1-ubyte', [4]),
    file('t10k-images-idx3-ubyte', [2, 2, 2]),
    file('t10k-labels-idx1-ubyte', [2]),
  ];
}

/** Drawn digits as Kaggle has them: with the names of the columns. */
function digits(): string {
  const { images, labels, count } = drawStrokes({ count: 600, seed: 4, split: 'train' });
  const rows = Array.from({ length: count }, (_, i) => [
    labels[i],
    ...images.subarray(784 * i, 784 * (i + 1)),
  ]);
  return [['label', ...Array.from({ length: 784 }, (_, i) => `pixel${i}`)], ...rows]
    .map((row) => row.join())
    .join('\n');
}

/** Digits: learned, tried, broken, saved. */
async function checkTable(page: Page): Promise<void> {
  await dropText(page, 'digits.csv', digits());
  await says(
    page,
    'data-says',
    /^csv:digits\.csv: 600 images of 10 classes; 4\d\d to learn from and 1\d\d to test with, divided by the seed; 28 x 28 x 1\.$/,
  );
  assert.equal(await page.inputValue('#train-from'), 'own');
  await trained(page, 28);
  const model = decodeModel(new Uint8Array(await saved(page, '#save-model')), 'model');
  assert.deepEqual([model.provenance.dataset, model.architecture.classes], ['csv:digits.csv', 10]);
  const snn = decodeSnn(new Uint8Array(await saved(page, '#save-snn')), 'snn');
  assert.deepEqual([snn.provenance.dataset, snn.learned?.mean], ['csv:digits.csv', model.learned?.mean]);
  await page.check('input[name=fault][value=reset]');
  await says(page, 'laws-verdict', /^Broken: /);
  await page.check('input[name=fault][value=none]');
  await says(page, 'laws-verdict', /hold/);
  await page.click('#sample');
  await says(page, 'label-says', /^A test picture: \d\.$/);
}

/** Trains until most of the test pictures are right, stops, and looks at what came of it. */
async function trained(page: Page, side: number): Promise<void> {
  const text = await learned(page);
  const [, ann, snn] = /the ANN has ([\d.]+) % right, the spiking network ([\d.]+) %/.exec(text)!;
  assert.ok(Number(ann) >= 75 && Number(snn) >= 65, text);
  await says(page, 'yours-says', new RegExp(`^trained here: strelu.*pictures of ${side} x`));
  await answered(page);
  await says(page, 'laws-verdict', /hold/);
}

/** @returns what the page says of the network once it is converted */
async function learned(page: Page): Promise<string> {
  await page.click('#train-begin');
  await page.waitForFunction(
    (enough) => {
      const text = document.getElementById('train-says')!.textContent!;
      return /Converted/.test(text) || Number(/([\d.]+) % of test pictures right/.exec(text)?.[1]) >= enough;
    },
    ENOUGH,
    { timeout: PATIENCE_MS },
  );
  if (await page.isEnabled('#train-stop'))
    await page.click('#train-stop', { timeout: 2000 }).catch(() => undefined);
  return says(page, 'train-says', /Converted: .* test pictures the ANN has/);
}

async function saved(page: Page, button: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.click(button);
  return readFile(await (await download).path());
}

/** Drops one file of text, as the browser hands it on. */
export async function dropText(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([called, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content!], called!));
      document.getElementById('train-drop')!.dispatchEvent(new DragEvent('drop', { dataTransfer }));
    },
    [name, text] as const,
  );
}

/** @returns percent right on MNIST's test images; null where this machine does not have it, and the page says how to get it */
export async function checkMnist({ page }: Visit): Promise<number | null> {
  const option = page.locator('#train-from option[value=mnist]');
  if (await option.evaluate((one: HTMLOptionElement) => one.disabled)) {
    await says(page, 'train-from-says', /strelu datasets --only mnist/);
    return null;
  }
  await page.selectOption('#train-from', 'mnist');
  await says(
    page,
    'data-says',
    /^mnist: 6000 images of 10 classes; 5000 to learn from and 1000 to test with; 28 x 28 x 1\.$/,
  );
  const text = await learned(page);
  const right = Number(/the ANN has ([\d.]+) %/.exec(text)![1]);
  assert.ok(right >= 75, text);
  return right;
}
