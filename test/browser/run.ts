/**
 * @file `npm run test:browser`: the built package in a real Chromium, once in a page with cross-origin isolation (threads
 * on shared memory) and once without (one lane on unshared memory); then pages that the program wrote. Needs Chromium: $CHROMIUM or /usr/bin/chromium.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import type { Outcome } from './page.ts';
import { checkReports } from './report.ts';

toolOptions({
  name: 'test:browser',
  says: [
    'The built package in a real Chromium, with and without cross-origin isolation; then pages that the program',
    'wrote. Needs Chromium ($CHROMIUM or /usr/bin/chromium) and npm run build. Status 1 where it fails.',
  ],
});
const DIST = new URL('../../dist/', import.meta.url);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
for (const [file, remedy] of [
  [executablePath, 'install it, or set CHROMIUM'],
  [new URL('test/browser/page.js', DIST), 'run npm run build'],
] as const) {
  if (!existsSync(file)) {
    console.error(`browser test: expected ${file}, found none; ${remedy}`);
    process.exit(1);
  }
}

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const isolation = url.pathname === '/plain.html' ? {} : ISOLATED;
  if (url.pathname.endsWith('.html')) {
    response.writeHead(200, { 'Content-Type': 'text/html', ...isolation });
    response.end(
      '<!doctype html><title>strelu</title><script type="module" src="/test/browser/page.js"></script>',
    );
    return;
  }
  try {
    const body = await readFile(new URL(`.${url.pathname}`, DIST));
    response.writeHead(200, { 'Content-Type': 'text/javascript', ...ISOLATED });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const browser = await chromium.launch({ executablePath, args: flags });
try {
  const visit = async (path: string): Promise<Outcome> => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on(
      'console',
      (message) =>
        message.type() === 'error' &&
        !/favicon/.test(message.location().url) &&
        complaints.push(message.text()),
    );
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    const handle = await page.waitForFunction(() => (globalThis as { outcome?: unknown }).outcome, null, {
      timeout: 120_000,
    });
    assert.deepEqual(complaints, [], `${path}: errors on the console`);
    return (await handle.jsonValue()) as Outcome;
  };
  assert.deepEqual(await visit('/isolated.html'), { isolated: true, lanes: 2, helpers: 1, equal: true });
  assert.deepEqual(await visit('/plain.html'), { isolated: false, lanes: 1, helpers: 0, equal: true });
  console.log(
    `browser test: ${browser.version()}: two lanes in an isolated page, one without isolation, the same bits`,
  );
  const figures = await checkReports(browser);
  console.log(
    `browser test: ${figures} figures of the demonstration and of reports, in both colour schemes, wide and narrow`,
  );
} finally {
  await browser.close();
  server.close();
}
