/**
 * @file Looks at the page: no fault that axe-core finds, nothing wider than the window, every control reached by the tab key.
 * Screenshots go to runs/playground/.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { dropText } from './own-data.ts';
import { draw, SEVEN, says, visit } from './visit.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const WIDTHS = [360, 1440, 3840];
const PARTS = ['draw', 'inside', 'laws', 'break', 'train', 'yours'];
/** Something to learn from. */
const TABLE = Array.from({ length: 8 }, (_, i) => `${i % 2 ? 'bright' : 'dark'},${i},0,${i},9`).join('\n');

export async function checkLooks(browser: Browser, address: string, shots: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of WIDTHS) {
      const options = { colorScheme, viewport: { width, height: 900 }, bypassCSP: true } as const;
      await visit(browser, address, options, async ({ page }) => {
        const what = `${colorScheme}, ${width} pixels`;
        await page.locator('#pad').scrollIntoViewIfNeeded();
        await draw(page, SEVEN);
        await says(page, 'ann-says', /^7$/);
        await says(page, 'laws-verdict', /hold/);
        await dropText(page, 'two.csv', TABLE);
        await says(page, 'data-says', /^csv:two\.csv: 8 images of 2 classes/);
        await page.screenshot({ path: join(shots, `page-${colorScheme}-${width}.png`), fullPage: true });
        for (const part of PARTS)
          await page
            .locator(`#${part}`)
            .screenshot({ path: join(shots, `${part}-${colorScheme}-${width}.png`) });
        await checkAxe(page, what);
        await checkWidth(page, what);
        await page.check('input[name=fault][value=reset]');
        await says(page, 'laws-verdict', /^Broken/);
        await checkAxe(page, `${what}, broken`);
      });
    }
}

async function checkAxe(page: Page, what: string): Promise<void> {
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`,
    );
  });
  assert.deepEqual(found, [], what);
}

async function checkWidth(page: Page, what: string): Promise<void> {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide! <= window!, `${what}: the page is ${wide} wide`);
  // No text runs out of its element, where the window would cut it off or another part would lie over it.
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('p, h2, h3, label, button, summary, li, td, th, dd, .law')]
      .filter((one) => one.offsetParent !== null && !one.classList.contains('unseen'))
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .filter((one) => getComputedStyle(one).display !== 'inline')
      .map((one) => `${one.tagName} ${one.id} "${one.textContent!.trim().slice(0, 40)}"`),
  );
  assert.deepEqual(cut, [], `${what}: text wider than its element`);
}

/** Every control that can be used is reached by the tab key, in the order of the page. */
export async function checkTabs(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const selector =
    'a:not([hidden] *), button:not(:disabled), input:not([type=radio]), select:not(:disabled), summary:not([hidden] *), canvas[tabindex]';
  const wanted = await page.locator(selector).count();
  const reached = new Set<number>();
  for (let i = 0; i < 2 * wanted + 10; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(
      (all) => [...document.querySelectorAll(all)].indexOf(document.activeElement as Element),
      selector,
    );
    if (at >= 0) reached.add(at);
  }
  assert.equal(reached.size, wanted, 'controls reached by the tab key');
}
