/** @file Hosts without headers: one thread where there is no service worker, isolated where there is, and then without any network. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { checkBits } from './bits.ts';
import type { Host } from './static-host.ts';
import { checkTraining } from './train.ts';
import { answered, draw, SEVEN, says, visit } from './visit.ts';

/** @returns how long 95 % of the test digits took in the page on one thread, in seconds */
export async function checkHosts(browser: Browser, host: Host, logits: readonly number[]): Promise<number> {
  const never = `Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: undefined }); delete Navigator.prototype.serviceWorker;`;
  const context = await browser.newContext();
  await context.addInitScript(never);
  const plain = await context.newPage();
  const complaints: string[] = [];
  plain.on('console', (message) => complaints.push(message.text()));
  await plain.goto(host.address);
  await answered(plain);
  assert.equal(await plain.evaluate(() => crossOriginIsolated), false);
  await says(plain, 'engine-says', /one thread/);
  await checkBits(plain, logits, 1);
  const seconds = await checkTraining(plain);
  assert.deepEqual(complaints, []);
  await context.close();

  await visit(browser, host.address, {}, async ({ page, context: own }) => {
    await page.waitForFunction(() => crossOriginIsolated);
    await answered(page);
    await says(page, 'engine-says', /2 threads/);
    await checkBits(page, logits, 2);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    host.close();
    await own.setOffline(true);
    await page.reload();
    await answered(page);
    await draw(page, SEVEN);
    await says(page, 'ann-says', /^7$/);
    await says(page, 'engine-says', /2 threads/);
  });
  return seconds;
}
