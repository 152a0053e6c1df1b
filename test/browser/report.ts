/**
 * @file The demonstration's page and reports in a real browser: nothing complains, every figure is drawn with all of its
 * texts inside and apart, the tab key reaches figures and tables, texts are readable in both colour schemes.
 * Screenshots go to runs/browser/.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { strelu } from '../cli/spawn.ts';
import { syntheticResults } from '../report/fixture.ts';
import { faultsOfFigures, tooFaint } from './look.ts';

const SHOTS = fileURLToPath(new URL('../../runs/browser/', import.meta.url));
const PATIENCE_MS = 240_000;

/** @returns how many figures were looked at */
export async function checkReports(browser: Browser): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-report-'));
  try {
    await mkdir(SHOTS, { recursive: true });
    let figures = 0;
    for (const [name, file] of await pages(folder))
      for (const scheme of ['light', 'dark'] as const)
        for (const width of [1280, 390]) {
          const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
          const page = await context.newPage();
          page.setDefaultTimeout(PATIENCE_MS);
          const shot = join(SHOTS, `${name}-${scheme}-${width}.png`);
          figures += await checkPage(page, file, shot, `${name}, ${scheme}, ${width} pixels`);
          await context.close();
        }
    return figures;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A demonstration, a report of real runs, and one of a comparison of many methods that nobody ran. */
async function pages(folder: string): Promise<[name: string, file: string][]> {
  const path = (name: string): string => join(folder, name);
  const run = async (...words: string[]): Promise<void> => {
    const { status, stderr } = await strelu([...words, '--quiet']);
    assert.equal(status, 0, stderr);
  };
  const [model, snn] = [path('m.safetensors'), path('m.snn.safetensors')];
  const tiny = ['--limit', '512', '--test-limit', '50'];
  await run('demo', '--epochs', '1', ...tiny, '--out', path('demo'));
  await run(
    'train',
    '--model',
    'lenet',
    '--epochs',
    '2',
    ...tiny,
    '--out',
    model,
    '--json',
    path('train.json'),
  );
  await run('convert', model, '--json', path('convert.json'));
  const [sim, ver] = [path('half.json'), path('verify.json')];
  await run('simulate', snn, '--model', model, '--limit', '50', '--steps', '1,2,4,8', '--json', sim);
  await run('verify', model, snn, '--limit', '20', '--json', ver);
  await run('report', path('train.json'), path('convert.json'), sim, ver, '--out', path('runs.html'));
  await writeFile(path('synthetic.json'), JSON.stringify(syntheticResults().compare));
  await run('report', path('synthetic.json'), '--out', path('comparison.html'));
  return [
    ['demo', path('demo/report.html')],
    ['runs', path('runs.html')],
    ['comparison', path('comparison.html')],
  ];
}

async function checkPage(page: Page, file: string, shot: string, what: string): Promise<number> {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: shot, fullPage: true });
  assert.deepEqual(complaints, [], what);
  assert.deepEqual(await page.evaluate(faultsOfFigures), [], what);
  assert.deepEqual(await page.evaluate(tooFaint), [], what);
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide! <= window!, `${what}: the page itself is ${wide} wide`);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('figure svg, figcaption, .caption')]
      .filter(
        (part) => part.getClientRects().length > 0 && part.getBoundingClientRect().right > innerWidth + 1,
      )
      .map((part) => part.textContent!.slice(0, 40)),
  );
  assert.deepEqual(cut, [], `${what}: figures and captions are cut off`);
  const wanted = await page.locator(':not(details) > .scroll, summary').count();
  const reached = new Set<string>();
  for (let i = 0; i < 4 * wanted + 40; i++) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const all = [...document.querySelectorAll(':not(details) > .scroll, summary')];
      return all.indexOf(document.activeElement as Element);
    });
    if (place >= 0) reached.add(String(place));
  }
  assert.equal(reached.size, wanted, `${what}: reached by the tab key`);
  return page.locator('figure').count();
}
