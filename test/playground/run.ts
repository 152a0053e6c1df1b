/**
 * @file `npm run test:playground`: the built page in a real Chromium, doing what a person does, with nothing on the console. Needs
 * Chromium ($CHROMIUM or /usr/bin/chromium) and `npm run build:playground`. Sizes are judged; times are printed, as they are those of
 * this machine at this moment.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { median } from '../../bench/timing.ts';
import { withPretrained, withTrainingData } from '../../src/cli/playground/networks.ts';
import { filesBelow, serve } from '../../src/cli/playground/serve.ts';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { checkBits, logitsOnNode } from './browser/bits.ts';
import { checkBreaking } from './browser/break.ts';
import { checkDrawing } from './browser/draw.ts';
import { checkHosts } from './browser/hosts.ts';
import { checkLink } from './browser/link.ts';
import { checkLooks, checkTabs } from './browser/looks.ts';
import { checkNetworks } from './browser/networks.ts';
import { checkMnist, checkOwnData } from './browser/own-data.ts';
import { hostStatically } from './browser/static-host.ts';
import { firstAnswerOf, measure } from './browser/times.ts';
import { checkTraining } from './browser/train.ts';
import { visit } from './browser/visit.ts';
import { checkYours } from './browser/yours.ts';

toolOptions({
  name: 'test:playground',
  says: [
    'The built page in a real Chromium, doing what a person does, with nothing on the console. Needs Chromium',
    '($CHROMIUM or /usr/bin/chromium) and npm run build:playground. Status 1 where it fails.',
  ],
});
const PAGE_KB = 400;
const HDF5 = 'h5wasm.js';
const NETWORK_KB = 100;
/** The page is opened so often, each time by a browser's profile of its own. */
const COLD_LOADS = 7;
const DIST = new URL('../../dist/playground/', import.meta.url);
const SHOTS = fileURLToPath(new URL('../../runs/playground/', import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
for (const [file, remedy] of [
  [executablePath, 'install it, or set CHROMIUM'],
  [new URL('index.html', DIST), 'run npm run build:playground'],
] as const)
  if (!existsSync(file)) {
    console.error(`playground test: expected ${file}, found none; ${remedy}`);
    process.exit(1);
  }

const say = (text: string): void => console.log(`playground test: ${text}`);
say(sizes(fileURLToPath(DIST)));
mkdirSync(SHOTS, { recursive: true });
const files = await filesBelow(fileURLToPath(DIST).replace(/\/$/, ''));
const server = await serve(await withTrainingData(await withPretrained(files)), 0);
const host = await hostStatically(DIST);
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
];
const browser = await chromium.launch({ executablePath, args: flags });
try {
  const logits = await logitsOnNode();
  const firstAnswers: number[] = [];
  for (let i = 0; i < COLD_LOADS; i++)
    await visit(browser, server.address, {}, async ({ page }) => {
      firstAnswers.push(await firstAnswerOf(page));
    });
  say(
    `first answer after ${median(firstAnswers).toFixed(0)} ms (asked: 1000; median of ${COLD_LOADS}, each with nothing kept: ${firstAnswers.map((ms) => ms.toFixed(0)).join(', ')})`,
  );
  await visit(browser, server.address, {}, async (one) => {
    const { drawing, step } = await measure(one.page);
    say(
      `drawing to answer ${drawing.toFixed(0)} ms (asked: 100), step ${step.toFixed(1)} ms (16), 95th percentiles`,
    );
  });
  await visit(browser, server.address, {}, async (one) => {
    await checkBits(one.page, logits, 2);
    await checkDrawing(one);
    await checkTabs(one.page);
  });
  say('draws, answers, goes through time, every neuron and slider; two threads, the bits of Node');
  await visit(browser, server.address, {}, checkBreaking);
  say('broken in five ways, each named');
  await visit(browser, server.address, {}, async (one) => {
    say(
      `trained in the page to 95 % in ${(await checkTraining(one.page)).toFixed(1)} s on two threads (asked: 30)`,
    );
  });
  await visit(browser, server.address, {}, checkOwnData);
  say('trained on a table and on a folder of pictures, both dropped; what is wrong is named');
  await visit(browser, server.address, {}, async (one) => {
    const right = await checkMnist(one);
    say(
      right === null
        ? 'mnist: not on this machine (STRELU_DATASETS), so it was not trained on; the page says how to get it'
        : `trained on 5000 images of mnist: ${right.toFixed(1)} % of test images`,
    );
  });
  await visit(browser, server.address, {}, checkYours);
  say('own model, pictures, ONNX, NIR, the spiking network saved and opened again');
  await visit(browser, server.address, {}, checkNetworks);
  say('pretrained networks on demand');
  await checkLink(browser, server.address);
  say('a link holds the state');
  await checkLooks(browser, server.address, SHOTS);
  say('360 to 3840 pixels, light and dark: axe-core finds nothing; screenshots in runs/playground');
  const alone = await checkHosts(browser, host, logits);
  say(`trained on one thread in ${alone.toFixed(1)} s (asked: 60)`);
  say(
    'a host without headers: one thread, then isolated by the service worker, then without network; the same bits',
  );
} finally {
  await browser.close();
  await server.close();
  host.close();
}

/** Every file of the page compressed; apart: the networks, and what is loaded with the first NIR file alone. */
function sizes(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  const packed = (some: readonly string[]): number =>
    some.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0) /
    1000;
  const page = packed(files.filter((file) => !file.startsWith('networks') && file !== HDF5));
  assert.ok(page > 0 && page <= PAGE_KB, `the page is ${page.toFixed(0)} KB, at most ${PAGE_KB} were asked`);
  const network = statSync(join(folder, 'networks/strokes.safetensors')).size / 1000;
  assert.ok(
    network <= NETWORK_KB,
    `the network is ${network.toFixed(0)} KB, at most ${NETWORK_KB} were asked`,
  );
  return `page ${page.toFixed(0)} KB compressed (asked: ${PAGE_KB}), its network ${network.toFixed(0)} KB (${NETWORK_KB}); with the first NIR file ${packed([HDF5]).toFixed(0)} KB more`;
}
