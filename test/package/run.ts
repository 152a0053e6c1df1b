/**
 * @file `npm run test:package`: packs the package, installs it in an empty folder, and uses it as a user would.
 *
 *     size       the packed package, a page by Vite, start-up
 *     maps       stack traces and declarations lead to the sources that are packed
 *     runtimes   Node 20, 22, 24, 26 and Deno: import, training, conversion, simulation with 1 and 2 threads, the command line
 *     types      strict TypeScript without skipLibCheck, as a module, for a bundler, and as CommonJS
 *     browsers   bundles of Vite (built and served), esbuild and webpack in Chromium: isolated, not isolated, inside a worker,
 *                under a Content Security Policy without unsafe-eval
 *
 * \`npm run test:package -- types\` runs one part. The other runtimes and bundlers are installed into the scratch folder. Chromium is
 * $CHROMIUM or /usr/bin/chromium.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';
import { browsers } from './browsers.ts';
import { install } from './install.ts';
import { maps } from './maps.ts';
import { runtimes } from './runtimes.ts';
import { size } from './size.ts';
import { types } from './types.ts';

const PARTS = { size, maps, types, runtimes, browsers };
const { positionals: wanted } = toolOptions({
  name: 'test:package',
  says: [
    'Packs the package, installs it in an empty folder, and uses it as a user would. Status 1 where it fails.',
    `Parts: ${Object.keys(PARTS).join(', ')}; all where none is named.`,
  ],
  words: '[PART...]',
});
for (const word of wanted)
  if (!Object.hasOwn(PARTS, word))
    refuseTool({ name: 'test:package' }, `expected some of ${Object.keys(PARTS).join(', ')}, found ${word}`);
const names = (Object.keys(PARTS) as (keyof typeof PARTS)[]).filter(
  (name) => wanted.length === 0 || wanted.includes(name),
);
const folder = mkdtempSync(join(tmpdir(), 'strelu-package-'));
let checks = 0;
let failed = 0;
const check = async (name: string, what: () => Promise<string | undefined>): Promise<void> => {
  checks++;
  try {
    const words = await what();
    console.log(`ok       ${name}${words ? `: ${words}` : ''}`);
  } catch (error) {
    failed++;
    console.log(`NOT OK   ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
};
try {
  const installed = await install(folder);
  console.log(`packed: ${(installed.bytes / 1000).toFixed(0)} kB`);
  for (const name of names) await PARTS[name](installed, check);
} finally {
  if (process.env.STRELU_KEEP) console.log(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
console.log(`${checks - failed} passed, ${failed} failed`);
if (failed > 0 || checks === 0) process.exitCode = 1;
