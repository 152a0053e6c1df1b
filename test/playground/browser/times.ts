/** @file How long things take on this machine, at this moment: printed, never judged. */
import type { Page } from 'playwright-core';
import { answered, slide } from './visit.ts';

const STEPS = 60;
const DRAWINGS = 12;

/** 95th percentiles, in milliseconds. */
export interface Times {
  readonly step: number;
  readonly drawing: number;
}

export async function measure(page: Page): Promise<Times> {
  return { drawing: await drawings(page), step: await steps(page) };
}

/** Milliseconds from the request of a page that has just been opened to its first answer. */
export const firstAnswerOf = (page: Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByName('first-answer')[0]!.startTime);

/** From a stroke's beginning on the pad to the new answer beside it. */
async function drawings(page: Page): Promise<number> {
  await page.evaluate(() => {
    const shared = globalThis as unknown as { took: number[]; since: number };
    shared.took = [];
    document.getElementById('pad')!.addEventListener(
      'pointerdown',
      () => {
        shared.since = performance.now();
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (shared.since > 0) shared.took.push(performance.now() - shared.since);
      shared.since = 0;
    }).observe(document.getElementById('engine-says')!, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const box = (await page.locator('#pad').boundingBox())!;
  for (let i = 0; i < DRAWINGS; i++) {
    await page.mouse.move(box.x + 40 + 12 * i, box.y + 60);
    await page.mouse.down();
    await page.waitForTimeout(150);
    await page.mouse.up();
    await answered(page);
  }
  return percentile(await page.evaluate(() => (globalThis as unknown as { took: number[] }).took));
}

/** From the press of a button to everything being drawn. */
async function steps(page: Page): Promise<number> {
  await slide(page, 'steps', 64);
  await page.waitForFunction(() => document.querySelectorAll('#timeline .cell').length === 64);
  await slide(page, 'step', 1);
  const took = await page.evaluate(async (count) => {
    const button = document.getElementById('step-on')!;
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const begun = performance.now();
      button.click();
      document.body.getBoundingClientRect();
      times.push(performance.now() - begun);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return times;
  }, STEPS);
  return percentile(took);
}

const percentile = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(0.95 * times.length)] ?? Number.NaN;
