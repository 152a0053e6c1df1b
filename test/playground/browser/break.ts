/** @file Breaks the network in every way, and sees the law named that notices it. */
import assert from 'node:assert/strict';
import { draw, SEVEN, says, type Visit } from './visit.ts';

const FAULTS = [
  ['weight', '1', /It breaks L18 in act2\b.*goes another way in act2/],
  ['bias', '0', /act1 has lost its bias\. It breaks L18 in act1/],
  ['threshold', '0', /It breaks .*L1 in act1/],
  ['reset', '0', /It breaks .*L1 in act1/],
  ['firing', '0', /It breaks .*L7 in act1/],
] as const;

export async function checkBreaking({ page }: Visit): Promise<void> {
  await draw(page, SEVEN);
  await says(page, 'fault-says', /^Nothing is broken/);
  for (const [kind, layer, expected] of FAULTS) {
    await page.check(`input[name=fault][value=${kind}]`);
    if (await page.isEnabled('#fault-layer')) await page.selectOption('#fault-layer', layer);
    await says(page, 'fault-says', expected);
    await says(page, 'laws-verdict', /^Broken: /);
    assert.ok((await page.locator('.law.broken').count()) > 0, kind);
  }
  await page.check('input[name=fault][value=none]');
  await says(page, 'laws-verdict', /^All 5 laws hold/);
  const law = page.locator('.law').first();
  await law.locator('summary').focus();
  await page.keyboard.press('Enter');
  assert.match((await law.locator('p').innerText()).trim(), /^What a neuron received .*\.$/);
}
