/** @file A link holds the whole state: opened elsewhere it shows the same. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { draw, SEVEN, says, slide, visit } from './visit.ts';

export async function checkLink(browser: Browser, address: string): Promise<void> {
  let link = '';
  let answers: (string | null)[] = [];
  const texts = [
    'ann-says',
    'snn-says',
    'step-says',
    'neuron-place',
    'spikes-count',
    'laws-verdict',
    'fault-says',
  ];
  await visit(browser, address, {}, async ({ page }) => {
    await draw(page, SEVEN);
    await slide(page, 'steps', 12);
    await page.selectOption('#neuron', 'full');
    await page.check('input[name=fault][value=bias]');
    await says(page, 'laws-verdict', /^Broken/);
    await says(page, 'engine-says', /^full/);
    await page.click('#step-back');
    await page
      .locator('#maps canvas')
      .nth(1)
      .hover({ position: { x: 30, y: 20 } });
    await says(page, 'neuron-place', /act2/);
    await page.waitForFunction(
      () =>
        /look=1\./.test(location.hash) && /step=11/.test(location.hash) && /break=bias/.test(location.hash),
    );
    link = page.url();
    answers = await Promise.all(texts.map((id) => page.textContent(`#${id}`)));
  });
  await visit(browser, link, {}, async ({ page }) => {
    await says(page, 'neuron-place', /act2/);
    assert.deepEqual(await Promise.all(texts.map((id) => page.textContent(`#${id}`))), answers);
  });
}
