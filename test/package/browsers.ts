/** @file Bundles of the installed package in Chromium: the committed bits, whatever the page is allowed. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { SAME_BITS } from '../support/same-bits.ts';
import { bundles } from './bundles.ts';
import type { Check, Installed } from './install.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
/** No unsafe-eval: WebAssembly may be compiled, code may not be made from strings. */
const POLICY = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'",
};

interface Outcome {
  readonly error?: string;
  readonly digest: string;
  /** On 1, 3 and 8 threads. */
  readonly digests: readonly string[];
  readonly lanes: number;
  readonly helpers: number;
  readonly isolated: boolean;
}

/** Serves a folder; the first part of the path says with which headers. */
async function serve(folder: string): Promise<{ readonly address: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const [, how = '', ...rest] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
    const path = normalize(join(folder, rest.join('/') || 'index.html'));
    const headers = {
      'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
      ...(how !== 'plain' && ISOLATION),
      ...(how === 'strict' && POLICY),
    };
    try {
      if (!path.startsWith(folder)) throw new Error('outside');
      const body = await readFile(path);
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}

async function visit(browser: Browser, address: string): Promise<Outcome> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const about = message.location().url;
    if (['error', 'warning'].includes(message.type()) && !/favicon/.test(about))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  try {
    const failure = new Promise<never>((_, reject) => page.once('pageerror', reject));
    await page.goto(address);
    const waiting = page.waitForFunction(() => (globalThis as { outcome?: unknown }).outcome, null, {
      timeout: 60_000,
    });
    waiting.catch(() => {}); // a page that failed closes it
    const handle = await Promise.race([waiting, failure]);
    const outcome = (await handle.jsonValue()) as Outcome;
    assert.equal(outcome.error, undefined);
    assert.deepEqual(complaints, []);
    return outcome;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}; console: ${complaints.join(' | ')}`);
  } finally {
    await page.close();
  }
}

export async function browsers(installed: Installed, check: Check): Promise<void> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error(`expected Chromium at ${executablePath}, found none; install it, or set CHROMIUM`);
  const made = await bundles(installed);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
  try {
    for (const { name, folder, address } of made) {
      const server = folder === undefined ? null : await serve(folder);
      const at = (how: string): string => (server ? `${server.address}${how}/` : address!);
      const expect = async (how: string, lanes: number, hash = ''): Promise<string> => {
        const found = await visit(browser, `${at(how)}${hash}`);
        const wanted = { digest: SAME_BITS, lanes, helpers: lanes - 1, isolated: lanes > 1 };
        const { digest, digests, lanes: count, helpers, isolated } = found;
        assert.deepEqual({ digest, lanes: count, helpers, isolated }, wanted);
        assert.deepEqual(digests, isolated ? [1, 3, 8].map(() => SAME_BITS) : [], '1, 3 and 8 threads');
        return `${lanes === 1 ? 'one thread' : 'two threads'}, the committed bits`;
      };
      await check(`${name}: isolated`, () => expect('isolated', 2));
      await check(`${name}: inside a worker`, () => expect('isolated', 2, '#worker'));
      if (server) {
        await check(`${name}: not isolated`, () => expect('plain', 1));
        await check(`${name}: Content Security Policy without unsafe-eval`, () => expect('strict', 2));
      }
      server?.close();
    }
  } finally {
    await browser.close();
    for (const { stop } of made) stop?.();
  }
}
