/**
 * @file A visit to the page, with everything that the browser has to say about it: nothing is allowed.
 */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Texts on the console and errors so far. */
  readonly complaints: string[];
}

/** Opens an address, waits for the first answer, lets `use` act, and asserts that nothing was said on the console. */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
  use: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  try {
    await page.goto(address);
    await answered(page);
    await use({ page, context, complaints });
    assert.deepEqual(complaints, [], `${address}: on the console`);
    assert.equal(await page.textContent('#trouble'), '', `${address}: trouble`);
  } finally {
    await context.close();
  }
}

/** The page shows both answers, and the laws have been checked. */
export async function answered(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const text = (id: string): string => document.getElementById(id)?.textContent ?? '';
    return /\d ms/.test(text('engine-says')) && text('laws-verdict') !== '';
  });
}

/** Waits until a text of the page fits. */
export async function says(page: Page, id: string, pattern: RegExp): Promise<string> {
  await page.waitForFunction(
    ([element, source, flags]) =>
      new RegExp(source!, flags).test(document.getElementById(element!)?.textContent ?? ''),
    [id, pattern.source, pattern.flags] as const,
  );
  return (await page.textContent(`#${id}`)) ?? '';
}

/** Draws strokes of the pad, in shares of its side. */
export async function draw(
  page: Page,
  strokes: readonly (readonly (readonly [number, number])[])[],
): Promise<void> {
  const box = (await page.locator('#pad').boundingBox())!;
  for (const [first, ...others] of strokes) {
    const at = ([x, y]: readonly [number, number]): [number, number] => [
      box.x + x * box.width,
      box.y + y * box.height,
    ];
    await page.mouse.move(...at(first!));
    await page.mouse.down();
    for (const point of others) await page.mouse.move(...at(point), { steps: 6 });
    await page.mouse.up();
  }
}

/** A one and a seven, as anyone draws them. */
export const ONE = [
  [
    [0.5, 0.15],
    [0.48, 0.85],
  ],
] as const;
export const SEVEN = [
  [
    [0.25, 0.2],
    [0.72, 0.2],
    [0.42, 0.85],
  ],
] as const;

/** Sets a slider as a hand does. */
export async function slide(page: Page, id: string, value: number): Promise<void> {
  await page.locator(`#${id}`).evaluate((slider: HTMLInputElement, to) => {
    slider.value = String(to);
    slider.dispatchEvent(new Event('input'));
  }, value);
}
