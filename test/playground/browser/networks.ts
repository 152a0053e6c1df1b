/** @file The pretrained networks of the server: fetched when chosen, and run. */
import assert from 'node:assert/strict';
import { says, type Visit } from './visit.ts';

export async function checkNetworks({ page }: Visit): Promise<void> {
  const names = await page
    .locator('#network option')
    .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  assert.ok(names.includes('mnist-cnn-sparse'), names.join());
  await page.selectOption('#network', 'mnist-cnn-sparse');
  await says(page, 'yours-says', /^mnist-cnn-sparse: strelu/);
  await says(page, 'laws-verdict', /^All 5 laws hold/);
  await page.selectOption('#network', 'fashion-vgg8-sparse');
  await says(page, 'yours-says', /^fashion-vgg8-sparse: strelu/);
  await says(page, 'engine-says', /^half/);
  await page.selectOption('#network', 'strokes');
  await says(page, 'yours-says', /^strokes: strelu/);
  await says(page, 'label-says', /^A test picture: \d\.$/);
}
