/** @file Trains in the page: once to the end of what it asks, once stopped half way; both times what was learned is shown. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { answered, says } from './visit.ts';

const ENOUGH = 95;
const PATIENCE_MS = 120_000;

/** @returns how long 95 % of the test digits took, in seconds of the page's own clock */
export async function checkTraining(page: Page): Promise<number> {
  await page.click('#train-begin');
  const seconds = await page.waitForFunction(
    (enough) => {
      const text = document.getElementById('train-says')!.textContent!;
      const [, time] = /, ([\d.]+) s:/.exec(text) ?? [];
      const [, right] = /([\d.]+) % of test/.exec(text) ?? [];
      return Number(right) >= enough && Number(time);
    },
    ENOUGH,
    { timeout: PATIENCE_MS },
  );
  // The page answers while it trains.
  await page.click('#sample');
  await page.click('#train-stop');
  await says(page, 'train-says', /Converted: /);
  await says(page, 'yours-says', /^trained here: strelu/);
  await answered(page);
  assert.equal(await page.inputValue('#network'), 'trained here');
  await page.waitForSelector('#train-curve svg');
  return (await seconds.jsonValue()) as number;
}
